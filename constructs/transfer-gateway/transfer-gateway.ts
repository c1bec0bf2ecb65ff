import { Construct } from "constructs";
import type { AccessGateway } from "../access-gateway/access-gateway";
import { Approvals, call, endings, question } from "../access-gateway/approvals";
import type { Access } from "../declaration/access";
import { type GatewayNames, type GatewayStep, roleArn } from "../declaration/names";
import { type Pseudonymisation, receiversIn, type Transfers } from "../declaration/transfers";
import { HandlerFunction } from "../handler/handler-function";
import type { Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { Pseudonymiser } from "../pseudonymisation/pseudonymiser";
import { KeyRing } from "../storage/key-ring";
import { Outbox } from "./outbox";

export interface TransferGatewayProps {
  /** Name of the data centre's resources. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly estate: Estate;
  readonly names: GatewayNames;
  readonly access: Access;
  readonly pseudonymisation: Pseudonymisation;
  readonly transfers: Transfers;
  /** The gateway that requests come in by and people answer at. */
  readonly gateway: AccessGateway;
  /** The bucket that data is taken from. */
  readonly source: { readonly bucket: string; readonly bucketArn: string; readonly keyArn: string };
  /** The site's keys of tokens. */
  readonly tokens: { readonly name: string; readonly arns: readonly string[] };
  /** ARN of the role that delivers the stacks. */
  readonly delivery: string;
}

/** What functions take beside waiting for people, in seconds. */
const slack = 3600;

/**
 * The way by which data leaves, and there is no other: an object of a declared class is pseudonymised into the outbox,
 * a second person and the partner approve what came of it, and it is copied to a declared receiver, counted and
 * written down. Without a declared receiver nothing can be asked for, read or sent.
 */
export class TransferGateway extends Construct {
  readonly outbox: Outbox;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TransferGatewayProps,
  ) {
    super(scope, id);
    const { names, name, account, region, estate, access } = props;
    const { transfers, delivery } = props;
    const filledBy = this.roleOf("pseudonymise");
    const emptiedBy = this.roleOf("release");
    const keys = new KeyRing(this, "keys", {
      name,
      account,
      region,
      estate,
      keys: { outbox: { guard: { users: [filledBy, emptiedBy], delivery } } },
    });
    this.outbox = new Outbox(this, "outbox", {
      bucketName: names.outbox,
      estate,
      keyArn: keys.arn("outbox"),
      filledBy,
      emptiedBy,
      classes: Object.keys(transfers.classes),
      // Two people may each take that long, and a day is never too short.
      days: Math.ceil((2 * access.approvalHours) / 24) + 1,
    });
    this.makePseudonymiser(keys.arn("outbox"));
    this.makeRelease(keys.arn("outbox"));
    this.makeApprovals();
  }

  private roleOf(step: GatewayStep): string {
    const { account, names } = this.props;
    return roleArn({ account, roleName: names.step(step) });
  }

  private functionArn(step: GatewayStep): string {
    const { region, account, names } = this.props;
    return `arn:aws:lambda:${region}:${account}:function:${names.step(step)}`;
  }

  private makePseudonymiser(keyArn: string): void {
    const { gateway, region, pseudonymisation, transfers, access, source, tokens } = this.props;
    const taken = Object.values(transfers.classes).map(({ dataSet }) => access.dataSets[dataSet].prefix);
    new Pseudonymiser(this, "tokens", {
      pseudonymise: gateway.step("pseudonymise", ["transfers"], []),
      reidentify: gateway.step("reidentify", ["access"], ["dynamodb:GetItem"]),
      region,
      pseudonymisation,
      classes: transfers.classes,
      keysName: tokens.name,
      keyArns: tokens.arns,
      source,
      prefixes: [...new Set(taken)],
      outbox: { bucket: this.props.names.outbox, bucketArn: this.outbox.bucket.arn, keyArn },
    });
  }

  private makeRelease(keyArn: string): void {
    const { gateway, transfers, names, region } = this.props;
    const base = gateway.step("release", ["transfers"], []);
    const receivers = receiversIn(transfers, region);
    const inboxes = Object.values(receivers).map(({ inbox }) => `arn:aws:s3:::${inbox.bucket}/*`);
    const sending: Statement[] =
      inboxes.length === 0 ? [] : [{ Sid: "Receivers", Effect: "Allow", Action: "s3:PutObject", Resource: inboxes }];
    new HandlerFunction(this, "release", {
      ...base,
      description: "Copies what was approved to its receiver",
      timeoutSeconds: 900,
      settings: {
        ...base.settings,
        OUTBOX_BUCKET: names.outbox,
        RECEIVERS: JSON.stringify(receivers),
      },
      permissions: [
        ...base.permissions,
        {
          Sid: "Outbox",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
          Resource: `${this.outbox.bucket.arn}/ready/*`,
        },
        {
          Sid: "OutboxKey",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: keyArn,
          Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
        },
        ...sending,
      ],
    });
  }

  private makeApprovals(): void {
    const { names, access, gateway } = this.props;
    const waitSeconds = access.approvalHours * 3600;
    const asking = { functionName: this.functionArn("ask"), waitSeconds };
    const close = this.functionArn("close");
    const wish = { "id.$": "$.id", "dataClass.$": "$.dataClass", "object.$": "$.object" };
    new Approvals(this, "approvals", {
      name: names.transfer,
      comment: "Transfers to receivers: pseudonymised, two approvals, released",
      calls: ["ask", "close", "pseudonymise", "release"].map((step) => this.functionArn(step as GatewayStep)),
      startAt: "Pseudonymise",
      timeoutSeconds: 2 * waitSeconds + slack,
      logGroupArn: gateway.archive.group("transfer-steps", `/aws/vendedlogs/states/${names.transfer}`).arn,
      states: {
        Pseudonymise: call({
          functionName: this.functionArn("pseudonymise"),
          payload: wish,
          resultPath: "$.pseudonymised",
          next: "Colleague",
          failed: "Failed",
        }),
        Colleague: question({ ...asking, step: "colleague", next: "Partner" }),
        Partner: question({ ...asking, step: "partner", next: "Release" }),
        Release: call({
          functionName: this.functionArn("release"),
          payload: { ...wish, "receiver.$": "$.receiver", "pseudonymised.$": "$.pseudonymised.answer" },
          next: "Delivered",
          failed: "Failed",
        }),
        ...endings(close, "Delivered", "Declined", "Expired", "Failed"),
      },
    });
  }
}
