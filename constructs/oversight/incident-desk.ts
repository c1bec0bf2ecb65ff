import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import { EndpointClients } from "../egress-deny/endpoint-clients";
import type { Endpoints } from "../egress-deny/endpoints";
import { HandlerFunction } from "../handler/handler-function";
import type { PrivateNetwork } from "../network/private-network";
import type { Statement } from "../perimeter/documents";
import { type EvidenceArchive, trailPrefix } from "./evidence-archive";
import { type IncidentQueues, visibility } from "./incident-queues";

export interface IncidentDeskProps {
  /** Name of the function. */
  readonly name: string;
  readonly network: PrivateNetwork;
  /** Of S3 and SQS. */
  readonly endpoints: Endpoints;
  readonly queues: IncidentQueues;
  /** ARN of the key that the queues' messages are encrypted with. */
  readonly queueKeyArn: string;
  /** Where the trail's files and the report of the proof lie. */
  readonly archive: EvidenceArchive;
  /** Key of the object with the last report. */
  readonly reportKey: string;
  /** ARNs of the roles whose reads need no incident. */
  readonly approvedRoleArns: readonly string[];
  /** Regions whose calls come as events. */
  readonly regions: readonly string[];
  /** ARN of the key that log and settings are encrypted with. */
  readonly logKeyArn: string;
  /** Days that the function's log is kept. */
  readonly logDays: number;
}

/** Makes incidents of sightings: a function that reads what was reported and what the proof said, and hands it on. */
export class IncidentDesk extends Construct {
  constructor(scope: Construct, id: string, props: IncidentDeskProps) {
    super(scope, id);
    const { queues, network, archive } = props;
    const { group } = new EndpointClients(this, "clients", {
      name: props.name,
      description: "The function that makes incidents",
      network,
      endpoints: props.endpoints,
    });
    const log = new CloudwatchLogGroup(this, "log", {
      name: `/aws/lambda/${props.name}`,
      retentionInDays: props.logDays,
      kmsKeyId: props.logKeyArn,
    });
    const desk = new HandlerFunction(this, "incident", {
      handler: "incident",
      name: props.name,
      description: "Makes incidents of what was reported",
      settings: {
        INCIDENTS: queues.incidents.url,
        REPORT_BUCKET: archive.bucket.bucket,
        REPORT_KEY: props.reportKey,
        APPROVED: props.approvedRoleArns.join(","),
        REGIONS: props.regions.join(","),
      },
      permissions: permissionsOf(props),
      network: {
        subnetIds: network.tier("workload").subnets.map((subnet) => subnet.id),
        securityGroupIds: [group.id],
      },
      log,
      keyArn: props.logKeyArn,
      timeoutSeconds: visibility / 6,
      memoryMib: 1024,
    });
    new LambdaEventSourceMapping(this, "sightings", {
      eventSourceArn: queues.sightings.arn,
      functionName: desk.function.arn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
  }
}

const permissionsOf = ({ queues, queueKeyArn, archive, reportKey }: IncidentDeskProps): Statement[] => [
  {
    Sid: "Sightings",
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queues.sightings.arn,
  },
  { Sid: "Incidents", Effect: "Allow", Action: "sqs:SendMessage", Resource: queues.incidents.arn },
  { Sid: "QueueKey", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: queueKeyArn },
  {
    Sid: "TrailAndReport",
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: [`${archive.bucket.arn}/${trailPrefix}/*`, `${archive.bucket.arn}/${reportKey}`],
  },
  // Without it a missing report looks like a forbidden one: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  { Sid: "Archive", Effect: "Allow", Action: "s3:ListBucket", Resource: archive.bucket.arn },
  { Sid: "EvidenceKey", Effect: "Allow", Action: "kms:Decrypt", Resource: archive.keyArn },
];
