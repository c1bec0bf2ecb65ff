import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import type { NamedRole } from "../declaration/names";
import { roleArn } from "../declaration/names";
import { denyPlaintext, denyStrangers, policyDocument, type Statement } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";

export interface IncidentQueuesProps {
  readonly name: string;
  /** The partner's account. */
  readonly account: string;
  readonly region: string;
  readonly estate: Estate;
  /** ARN of the key that messages are encrypted with. */
  readonly keyArn: string;
  /** Roles of the watched accounts that put sightings on the bus. */
  readonly reporters: readonly NamedRole[];
  /** Name of the bucket whose new objects below the prefix are sightings too. */
  readonly trailFiles: { readonly bucketName: string; readonly prefix: string };
}

const days = 24 * 60 * 60;
/** A message that fails is tried this often before it is laid aside. */
const tries = 5;
/** Seconds that a message is hidden while it is worked on: six times the function's own time. */
export const visibility = 360;

/** The partner's bus and queues: sightings come in, incidents wait for the partner's people, and nothing is lost. */
export class IncidentQueues extends Construct {
  readonly sightings: SqsQueue;
  readonly incidents: SqsQueue;

  constructor(scope: Construct, id: string, props: IncidentQueuesProps) {
    super(scope, id);
    const shared = {
      kmsMasterKeyId: props.keyArn,
      kmsDataKeyReusePeriodSeconds: 300,
      messageRetentionSeconds: 14 * days,
    };
    const lost = new SqsQueue(this, "lost", { name: `${props.name}-lost`, ...shared });
    this.sightings = new SqsQueue(this, "sightings", {
      name: `${props.name}-sightings`,
      visibilityTimeoutSeconds: visibility,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: lost.arn, maxReceiveCount: tries }),
      ...shared,
    });
    this.incidents = new SqsQueue(this, "incidents", {
      name: `${props.name}-incidents.fifo`,
      fifoQueue: true,
      contentBasedDeduplication: false,
      ...shared,
    });
    const rules = [this.reported(props), this.filed(props)];
    for (const rule of rules) {
      new CloudwatchEventTarget(this, `${rule.node.id}-queue`, {
        rule: rule.name,
        eventBusName: rule.eventBusNameInput,
        arn: this.sightings.arn,
        deadLetterConfig: { arn: lost.arn },
      });
    }
    const fromRules = (queue: SqsQueue): Statement => ({
      Sid: "Rules",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": rules.map(({ arn }) => arn) } },
    });
    this.guard(this.sightings, props, [fromRules(this.sightings)]);
    this.guard(lost, props, [fromRules(lost)]);
    this.guard(this.incidents, props, []);
  }

  /** What the watched accounts report, by a bus that takes it from their reporting roles only. */
  private reported(props: IncidentQueuesProps): CloudwatchEventRule {
    const bus = new CloudwatchEventBus(this, "bus", { name: `${props.name}-sightings` });
    new CloudwatchEventBusPolicy(this, "bus-policy", {
      eventBusName: bus.name,
      policy: policyDocument({
        Sid: "Reporters",
        Effect: "Allow",
        Principal: { AWS: [...new Set(props.reporters.map(({ account }) => `arn:aws:iam::${account}:root`))] },
        Action: "events:PutEvents",
        Resource: bus.arn,
        Condition: { ArnEquals: { "aws:PrincipalArn": props.reporters.map(roleArn) } },
      }),
    });
    return new CloudwatchEventRule(this, "reported", {
      name: `${props.name}-reported`,
      description: "Calls that the watched accounts report",
      eventBusName: bus.name,
      eventPattern: JSON.stringify({ "detail-type": ["AWS API Call via CloudTrail"] }),
      state: "ENABLED",
    });
  }

  /** New files of the trail. */
  private filed({ name, trailFiles: { bucketName, prefix } }: IncidentQueuesProps): CloudwatchEventRule {
    return new CloudwatchEventRule(this, "filed", {
      name: `${name}-filed`,
      description: "New files of the organization's trail",
      eventPattern: JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: {
          bucket: { name: [bucketName] },
          // Digests of files lie beside them.
          object: { key: [{ wildcard: `${prefix}/AWSLogs/*/CloudTrail/*.json.gz` }] },
        },
      }),
      state: "ENABLED",
    });
  }

  /** Besides what is let in, only the partner's own account uses a queue. */
  private guard(queue: SqsQueue, { account, estate }: IncidentQueuesProps, others: readonly Statement[]): void {
    new SqsQueuePolicy(this, `${queue.node.id}-policy`, {
      queueUrl: queue.url,
      policy: policyDocument(
        {
          Sid: "OwnAccount",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "sqs:*",
          Resource: queue.arn,
        },
        ...others,
        denyPlaintext("sqs:*", queue.arn),
        denyStrangers(estate, "sqs:*", queue.arn),
      ),
    });
  }
}
