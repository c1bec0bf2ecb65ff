import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { reidentification } from "../../handlers/common/settings";
import type { Access } from "../declaration/access";
import type { GatewayNames, GatewayStep, NamedRole } from "../declaration/names";
import { roleArn } from "../declaration/names";
import { type Pseudonymisation, receiversIn, type Transfers } from "../declaration/transfers";
import { EndpointClients } from "../egress-deny/endpoint-clients";
import type { Endpoints } from "../egress-deny/endpoints";
import { HandlerFunction } from "../handler/handler-function";
import type { PrivateNetwork } from "../network/private-network";
import type { Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";
import { KeyRing } from "../storage/key-ring";
import { TableStore } from "../storage/table-store";
import { Approvals, endings, question } from "./approvals";
import { GatewayApi } from "./gateway-api";
import { LogArchive } from "./log-archive";
import { PartnerQueue } from "./partner-queue";
import { SessionRole, type SessionStores } from "./session-role";
import { Workbench } from "./workbench";

export interface AccessGatewayProps {
  /** Name of the data centre's resources. */
  readonly name: string;
  /** Name of the data centre. */
  readonly dataCentre: string;
  readonly account: string;
  readonly region: string;
  readonly estate: Estate;
  readonly names: GatewayNames;
  readonly access: Access;
  readonly pseudonymisation?: Pseudonymisation;
  readonly transfers?: Transfers;
  /** The role of the partner's people who approve, and the ranges of addresses that they work from. */
  readonly partner: NamedRole;
  readonly partnerNetworks: readonly string[];
  /** The partner's bucket in this region, and whose it is. */
  readonly evidence: { readonly bucket: string; readonly account: string };
  readonly network: PrivateNetwork;
  readonly endpoints: Endpoints;
  readonly stores: SessionStores;
  /** Machine image of the hosts that sessions work on. */
  readonly image: string;
  /** Days that logs stay here, beside the archive. */
  readonly logDays: number;
}

/** How long an approved transfer may take, and how long it takes to close, in seconds. */
const slack = 3600;

/**
 * The way by which people come to users' data, and there is no other: somebody asks, a second person and for personal
 * data the partner approve, and a session opens for the approved time, in the network, recorded, and ends by itself.
 * Every step is written to the partner before it is taken.
 */
export class AccessGateway extends Construct {
  readonly securityGroup: SecurityGroup;
  readonly archive: LogArchive;
  readonly keys: KeyRing<"gateway">;
  readonly sessions: SessionRole;
  readonly log: { readonly name: string; readonly arn: string };
  private readonly requests: TableStore;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessGatewayProps,
  ) {
    super(scope, id);
    const { name, account, region, estate, names } = props;
    this.keys = new KeyRing(this, "keys", { name, account, region, estate, keys: { gateway: { forLogs: true } } });
    this.archive = new LogArchive(this, "archive", {
      name: names.archive,
      prefix: name,
      bucketArn: this.evidenceArn,
      folder: `logs/${props.dataCentre}`,
      writing: [...this.writing("logs"), ...this.handing("logs", "s3:GetBucketLocation")],
      keyArn: this.keys.arn("gateway"),
      days: props.logDays,
    });
    this.log = this.archive.group("functions", `/enclave/${name}/gateways`);
    this.requests = new TableStore(this, "requests", {
      tableName: names.requests,
      estate,
      region,
      keyArn: this.keys.arn("gateway"),
    });
    this.securityGroup = new EndpointClients(this, "clients", {
      name: `${name}-gateway`,
      description: "Gateways",
      network: props.network,
      endpoints: props.endpoints,
    }).group;
    const workbench = this.makeWorkbench();
    this.sessions = this.makeSessions(workbench);
    const functions = this.makeFunctions();
    this.makeApprovals();
    this.makeApi(functions);
  }

  /** The settings and permissions of a step that writes evidence and reads or changes requests. */
  step(step: GatewayStep, kinds: readonly ("access" | "transfers")[], tableActions: readonly string[]) {
    const { dataCentre, evidence, names } = this.props;
    return {
      handler: step,
      name: names.step(step),
      settings: {
        DATA_CENTRE: dataCentre,
        ACCOUNT: this.props.account,
        EVIDENCE_BUCKET: evidence.bucket,
        EVIDENCE_ACCOUNT: evidence.account,
        REQUESTS_TABLE: names.requests,
      },
      permissions: [
        ...kinds.flatMap((kind) => this.writing(kind)),
        ...(tableActions.length === 0 ? [] : this.table(tableActions)),
      ],
      network: {
        subnetIds: this.props.network.tier("gateway").subnets.map(({ id }) => id),
        securityGroupIds: [this.securityGroup.id],
      },
      log: this.log,
      keyArn: this.keys.arn("gateway"),
    };
  }

  private get evidenceArn(): string {
    return `arn:aws:s3:::${this.props.evidence.bucket}`;
  }

  /** Adding to evidence, encrypted with the partner's key, which a service uses for the writer. */
  private writing(kind: "access" | "transfers" | "sessions" | "logs"): Statement[] {
    const { dataCentre, region, evidence } = this.props;
    return [
      {
        Sid: `Evidence${kind}`,
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `${this.evidenceArn}/${kind}/${dataCentre}/*`,
      },
      {
        Sid: `EvidenceKey${kind}`,
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: `arn:aws:kms:${region}:${evidence.account}:key/*`,
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
    ];
  }

  /** What a service does besides that writes into another account's bucket: it asks, and hands over what it wrote. */
  private handing(kind: "sessions" | "logs", asks: string): Statement[] {
    return [
      {
        Sid: "HandOver",
        Effect: "Allow",
        Action: "s3:PutObjectAcl",
        Resource: `${this.evidenceArn}/${kind}/${this.props.dataCentre}/*`,
      },
      { Sid: "Ask", Effect: "Allow", Action: asks, Resource: this.evidenceArn },
    ];
  }

  private table(actions: readonly string[]): Statement[] {
    return [
      { Sid: "Requests", Effect: "Allow", Action: [...actions], Resource: this.requests.table.arn },
      {
        Sid: "RequestsKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: this.keys.arn("gateway"),
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${this.props.region}.amazonaws.com` } },
      },
    ];
  }

  private makeWorkbench(): Workbench {
    const { names, account, region, network, image, dataCentre, evidence } = this.props;
    return new Workbench(this, "workbench", {
      name: names.workbench,
      account,
      region,
      subnets: network.tier("gateway").subnets.slice(0, 1),
      securityGroupId: this.securityGroup.id,
      image,
      keyArn: this.keys.arn("gateway"),
      records: { bucket: evidence.bucket, prefix: `sessions/${dataCentre}` },
      recording: [...this.writing("sessions"), ...this.handing("sessions", "s3:GetEncryptionConfiguration")],
    });
  }

  private makeSessions({ instances, document }: Workbench): SessionRole {
    const { names, account, region, network, access, stores } = this.props;
    return new SessionRole(this, "sessions", {
      name: names.session,
      account,
      region,
      openedBy: roleArn({ account, roleName: names.step("open") }),
      vpcId: network.vpc.id,
      dataSets: access.dataSets,
      stores,
      reidentifyArn: this.functionArn("reidentify"),
      hosts: { instanceArns: instances.map(({ arn }) => arn), documentArn: document.arn },
    });
  }

  private functionArn(step: GatewayStep): string {
    const { region, account, names } = this.props;
    return `arn:aws:lambda:${region}:${account}:function:${names.step(step)}`;
  }

  private machineArn(name: string): string {
    return `arn:aws:states:${this.props.region}:${this.props.account}:stateMachine:${name}`;
  }

  private makeFunctions(): Record<"request" | "approve" | "open", HandlerFunction> {
    const { access, account, names, pseudonymisation, transfers } = this.props;
    const { roles, maxMinutes } = access;
    const dataSets = {
      ...access.dataSets,
      ...(pseudonymisation && { [reidentification]: { store: "pseudonyms", prefix: "", content: "personal" } }),
    };
    const machines = [names.access, names.transfer].map((name) => this.machineArn(name));
    const request = this.function("request", "Takes requests", ["access", "transfers"], ["PutItem", "UpdateItem"], {
      settings: {
        EMPLOYEES: roles.employees,
        MAX_MINUTES: String(maxMinutes),
        DATA_SETS: JSON.stringify(dataSets),
        CLASSES: JSON.stringify(transfers?.classes ?? {}),
        RECEIVERS: JSON.stringify(transfers ? receiversIn(transfers, this.props.region) : {}),
        ACCESS_MACHINE: machines[0],
        TRANSFER_MACHINE: machines[1],
      },
      permissions: [{ Sid: "Start", Effect: "Allow", Action: "states:StartExecution", Resource: machines }],
    });
    this.function("ask", "Writes down what is waited for", ["access", "transfers"], ["GetItem", "UpdateItem"]);
    // Neither takes a resource: whose execution goes on, the token says
    // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html, "Actions").
    const answering: Statement = {
      Sid: "Answer",
      Effect: "Allow",
      Action: ["states:SendTaskSuccess", "states:SendTaskFailure"],
      Resource: "*",
    };
    const approve = this.function("approve", "Takes approvals", ["access", "transfers"], ["GetItem", "UpdateItem"], {
      settings: { APPROVERS: roles.approvers },
      permissions: [answering],
    });
    this.takeAnswers(answering);
    const open = this.function("open", "Opens approved sessions", ["access"], ["GetItem", "UpdateItem"], {
      settings: { SESSION_ROLE: this.sessions.role.arn },
      permissions: [
        answering,
        {
          Sid: "Open",
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
          Resource: this.sessions.role.arn,
        },
      ],
    });
    this.function("close", "Ends what is open", ["access", "transfers"], ["GetItem", "UpdateItem"], {
      settings: { SESSION_ROLE: this.sessions.role.arn },
      permissions: [
        // DescribeSessions takes no resource.
        { Sid: "Find", Effect: "Allow", Action: "ssm:DescribeSessions", Resource: "*" },
        {
          Sid: "End",
          Effect: "Allow",
          Action: "ssm:TerminateSession",
          Resource: `arn:aws:ssm:${this.props.region}:${account}:session/*`,
        },
      ],
    });
    return { request, approve, open };
  }

  /** Answers of the partner, which come by a queue of its own. */
  private takeAnswers(answering: Statement): void {
    const { account, names, partner, partnerNetworks, region } = this.props;
    const queue = new PartnerQueue(this, "answers", {
      name: names.step("countersign"),
      account,
      region,
      approver: partner,
      networks: partnerNetworks,
    });
    const { function: taker } = this.function(
      "countersign",
      "Takes the partner's answers",
      ["access", "transfers"],
      ["GetItem", "UpdateItem"],
      {
        settings: { PARTNER: JSON.stringify({ account: partner.account, role: partner.roleName }) },
        permissions: [answering, queue.reading],
      },
    );
    queue.handOn(taker.functionName);
  }

  private function(
    step: GatewayStep,
    description: string,
    kinds: readonly ("access" | "transfers")[],
    tableActions: readonly string[],
    more: { settings?: Record<string, string>; permissions?: readonly Statement[] } = {},
  ): HandlerFunction {
    const base = this.step(
      step,
      kinds,
      tableActions.map((action) => `dynamodb:${action}`),
    );
    return new HandlerFunction(this, step, {
      ...base,
      description,
      settings: { ...base.settings, ...more.settings },
      permissions: [...base.permissions, ...(more.permissions ?? [])],
    });
  }

  private makeApprovals(): void {
    const { names, access } = this.props;
    const waitSeconds = access.approvalHours * 3600;
    const ask = this.functionArn("ask");
    const close = this.functionArn("close");
    const asking = { functionName: ask, waitSeconds };
    new Approvals(this, "approvals", {
      name: names.access,
      comment: "Access to users' data: two approvals, a session, its end",
      calls: [ask, close],
      startAt: "Colleague",
      timeoutSeconds: 3 * waitSeconds + access.maxMinutes * 60 + slack,
      logGroupArn: this.archive.group("steps", `/aws/vendedlogs/states/${names.access}`).arn,
      states: {
        Colleague: question({ ...asking, step: "colleague", next: "IsPersonal" }),
        IsPersonal: {
          Type: "Choice",
          Choices: [{ Variable: "$.personal", StringEquals: "no", Next: "Session" }],
          Default: "Partner",
        },
        Partner: question({ ...asking, step: "partner", next: "Session" }),
        Session: question({ ...asking, step: "session", next: "Open", resultPath: "$.session" }),
        Open: { Type: "Wait", TimestampPath: "$.session.until", Next: "Ended" },
        ...endings(close, "Ended", "Declined", "Expired", "Failed"),
      },
    });
  }

  private makeApi({ request, approve, open }: Record<"request" | "approve" | "open", HandlerFunction>): void {
    const { name, region, account, endpoints, access, transfers } = this.props;
    const employees = [{ account, roleName: access.roles.employees }];
    const approvers = [{ account, roleName: access.roles.approvers }];
    new GatewayApi(this, "api", {
      name: `${name}-access`,
      region,
      account,
      endpointId: endpoints.interface("execute-api").id,
      logStreamArn: this.archive.stream.arn,
      routes: [
        { path: "/requests", callers: employees, function: request },
        { path: "/requests/{id}/approval", callers: approvers, function: approve },
        { path: "/requests/{id}/session", callers: employees, function: open },
        ...(transfers
          ? [
              { path: "/transfers", callers: employees, function: request },
              { path: "/transfers/{id}/approval", callers: approvers, function: approve },
            ]
          : []),
      ],
    });
  }
}
