/**
 * Objects of an AWS Data Pipeline definition: fields, each a key with a text or a reference to another object (AWS Data
 * Pipeline Developer Guide, "Pipeline object reference"). `#{myName}` is an expression, filled in when the pipeline runs.
 */
import { isObject, isUnknown, Unknown, type Value } from "../../configuration/value";
import {
  at as condition,
  type DocumentPart,
  type DocumentReader,
  opens,
  type Role,
  sends,
} from "../../flows/vocabulary";
import { bucketOf, bucketRole } from "./s3-uri";

const CHANNEL = "datapipeline.object";

/** Fields that name a place in a bucket. */
const BUCKETS = new Set([
  "directoryPath",
  "filePath",
  "manifestFilePath",
  "pipelineLogUri",
  "logUri",
  "errorLogUri",
  "scriptUri",
]);

/** Kinds of objects that are machines, in the default VPC unless they say otherwise. */
const MACHINES = /^(Ec2Resource|EmrCluster)$/;
/** Kinds that run programs of the owner's, on such machines or on those of a worker group. */
const PROGRAMS = /^(ShellCommand|Hadoop|Emr|Pig|Hive|HiveCopy)Activity$/;

const anything = (value: Value): boolean =>
  isUnknown(value) || (typeof value === "string" && /arn:|:\/\/|#\{|^[a-z]{2}-[a-z]+-\d$/.test(value));

function* field(key: Value, value: Value, at: string): Generator<DocumentPart> {
  if (typeof value === "string" && value.includes("#{")) {
    yield { at, value: new Unknown(`${value} is filled in when the pipeline runs`), role: sends(CHANNEL, "any") };
  } else if (key === "type") {
    const kind = typeof value === "string" ? value : "";
    if (isUnknown(value) || MACHINES.test(kind)) yield { at, value, role: machine };
    if (PROGRAMS.test(kind)) yield { at, value: new Unknown(`a ${kind} runs ${WHERE}`), role: sends(CHANNEL, "any") };
  } else if (key === "workerGroup") {
    const why = `machines that ask for work as ${String(value)} may stand anywhere`;
    yield { at, value: isUnknown(value) ? value : new Unknown(why), role: sends(CHANNEL, "any") };
  } else if (typeof key === "string" && BUCKETS.has(key)) {
    const bucket = bucketOf(value);
    yield { at, value: bucket, role: bucketRole(CHANNEL, bucket) };
  } else if (anything(value)) {
    yield { at, value, role: sends(CHANNEL, "any") };
  }
}

/** "Task Runner … polls" from wherever it is installed ("Working with Task Runner", same guide). */
const WHERE = "on a machine of the pipeline's, or of whoever asks for work; what that reaches is not known";

const machine: Role = opens("datapipeline.machine", condition("type").isSet(), {
  why: "it runs programs on machines that the pipeline starts, which reach whatever their network does",
});

/** Yields what the fields of one object name. */
export const pipelineObject: DocumentReader = function* (object) {
  if (isUnknown(object)) yield { at: "", value: object, role: sends(CHANNEL, "any") };
  if (!isObject(object)) return;
  yield* field(object.key ?? null, object.string_value ?? null, ".string_value");
};

/** Yields what the value of a parameter names. */
export const pipelineParameter: DocumentReader = (value) => field("", value, "");
