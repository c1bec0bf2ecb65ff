import { Construct } from "constructs";
import type { Pseudonymisation, Transfers } from "../declaration/transfers";
import { HandlerFunction, type HandlerFunctionProps } from "../handler/handler-function";
import type { Statement } from "../perimeter/documents";

/** What a step of the gateways brings along. */
export type StepBase = Omit<HandlerFunctionProps, "description">;

export interface PseudonymiserProps {
  readonly pseudonymise: StepBase;
  readonly reidentify: StepBase;
  readonly region: string;
  readonly pseudonymisation: Pseudonymisation;
  readonly classes: Transfers["classes"];
  /** Start of the aliases of the site's keys. */
  readonly keysName: string;
  /** ARNs of the site's keys. */
  readonly keyArns: readonly string[];
  /** Where records come from. */
  readonly source: { readonly bucket: string; readonly bucketArn: string; readonly keyArn: string };
  /** Beginnings of the names of objects that are read. */
  readonly prefixes: readonly string[];
  /** Where they go. */
  readonly outbox: { readonly bucket: string; readonly bucketArn: string; readonly keyArn: string };
}

/** The functions that make tokens: of an object's identifiers, and to find who is behind one. */
export class Pseudonymiser extends Construct {
  readonly pseudonymise: HandlerFunction;
  readonly reidentify: HandlerFunction;

  constructor(scope: Construct, id: string, props: PseudonymiserProps) {
    super(scope, id);
    const { pseudonymisation, keysName, keyArns } = props;
    const settings = { PSEUDONYM_KEYS: keysName, GENERATION: String(pseudonymisation.generation) };
    const tokens: Statement = {
      Sid: "Tokens",
      Effect: "Allow",
      Action: "kms:GenerateMac",
      Resource: [...keyArns],
    };
    this.pseudonymise = new HandlerFunction(this, "pseudonymise", {
      ...props.pseudonymise,
      description: "Replaces identifiers by tokens",
      // The longest that a function may run, and room for one group of rows:
      // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
      timeoutSeconds: 900,
      memoryMib: 3008,
      settings: {
        ...props.pseudonymise.settings,
        ...settings,
        CLASSES: JSON.stringify(props.classes),
        SOURCE_BUCKET: props.source.bucket,
        OUTBOX_BUCKET: props.outbox.bucket,
      },
      permissions: [...props.pseudonymise.permissions, tokens, ...reading(props), ...writing(props)],
    });
    this.reidentify = new HandlerFunction(this, "reidentify", {
      ...props.reidentify,
      description: "Finds who is behind a token",
      settings: {
        ...props.reidentify.settings,
        ...settings,
        KEEP: String(pseudonymisation.keep),
        PURPOSES: JSON.stringify(pseudonymisation.purposes),
      },
      permissions: [...props.reidentify.permissions, tokens],
    });
  }
}

const throughS3 = (region: string) => ({ StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } });

const reading = ({ source, prefixes, region }: PseudonymiserProps): Statement[] =>
  prefixes.length === 0
    ? []
    : [
        {
          Sid: "Source",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion"],
          Resource: prefixes.map((prefix) => `${source.bucketArn}/${prefix}*`),
        },
        {
          Sid: "SourceKey",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: source.keyArn,
          Condition: throughS3(region),
        },
      ];

const writing = ({ outbox, region }: PseudonymiserProps): Statement[] => [
  {
    Sid: "Outbox",
    Effect: "Allow",
    Action: ["s3:PutObject", "s3:PutObjectTagging", "s3:AbortMultipartUpload"],
    Resource: ["ready", "aside"].map((folder) => `${outbox.bucketArn}/${folder}/*`),
  },
  {
    // Parts are read again when they are put together:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html, "API support and permissions"
    Sid: "OutboxKey",
    Effect: "Allow",
    Action: ["kms:GenerateDataKey", "kms:Decrypt"],
    Resource: outbox.keyArn,
    Condition: throughS3(region),
  },
];
