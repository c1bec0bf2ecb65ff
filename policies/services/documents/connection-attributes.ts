/**
 * `extraConnectionAttributes` of DMS endpoints: `name=value;name=value`. Those of older versions name the bucket or
 * cluster itself (https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.html, by engine).
 */
import { isUnknown, type Value } from "../../configuration/value";
import { at, type Condition, type DocumentReader, opens, sends, type TargetForm } from "../../flows/vocabulary";

const NAMED: Readonly<Record<string, TargetForm>> = {
  bucketname: "bucket",
  s3bucketname: "bucket",
  broker: "host",
  servername: "host",
  endpointuri: "url",
  streamarn: "arn",
};

/** Where the attributes of an endpoint send. */
export const connectionAttributes = (channel: string, when: Condition): DocumentReader =>
  function* (document) {
    if (isUnknown(document)) yield { at: "", value: document, role: sends(channel, "any", { when }) };
    if (typeof document !== "string") return;
    for (const [name, value] of pairs(document)) {
      const form = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
      if (form) yield { at: "", value, role: sends(channel, form, { when }) };
      if (name === "cannedaclforobjects")
        yield { at: "", value: value.toLowerCase().replace(/_/g, "-"), role: acl(when) };
    }
  };

/** Who may read the objects that tasks write ("CannedAclForObjects" among the settings of Amazon S3 as a target). */
const acl = (when: Condition) =>
  opens("dms.acl", at("extra_connection_attributes").is("public-read", "public-read-write", "authenticated-read"), {
    when,
    why: "everybody may read the objects that tasks write",
  });

const pairs = (text: string): [string, string][] =>
  text.split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [] : [[pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim()]];
  });

/** The brokers of a Kafka cluster: `b-1.example.com:9092,b-2.example.com:9092`. */
export const brokers = (channel: string, when: Condition): DocumentReader =>
  function* (document) {
    const list: Value[] = typeof document === "string" ? document.split(",").map((one) => one.trim()) : [document];
    for (const value of list) yield { at: "", value, role: sends(channel, "host", { when }) };
  };
