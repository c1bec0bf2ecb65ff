import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { type NamedRole, roleArn } from "../declaration/names";
import { denyPlaintext, policyDocument, type Statement } from "../perimeter/documents";

export interface PartnerQueueProps {
  /** Name of the queue. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The role of the partner's people who approve. */
  readonly approver: NamedRole;
  /** Ranges of addresses that they work from. */
  readonly networks: readonly string[];
}

/** Seconds that a message is hidden while it is worked on: six times the function's own time. */
const visibility = 180;
const days = 24 * 60 * 60;
/** A message that fails is tried this often before it is laid aside. */
const tries = 5;

/** Where the partner's people answer: a queue that takes messages of nobody else, and from nowhere else. */
export class PartnerQueue extends Construct {
  /** What it takes to read it, in IAM's words. */
  readonly reading: Statement;
  private readonly queue: SqsQueue;

  constructor(scope: Construct, id: string, { name, account, region, approver, networks }: PartnerQueueProps) {
    super(scope, id);
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    // Answers hold no data of users; with a key of KMS the senders would have to be let use it, also to decrypt.
    const shared = { sqsManagedSseEnabled: true, messageRetentionSeconds: 14 * days };
    const lost = new SqsQueue(this, "lost", { name: `${name}-lost`, ...shared });
    this.queue = new SqsQueue(this, "queue", {
      name,
      visibilityTimeoutSeconds: visibility,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: lost.arn, maxReceiveCount: tries }),
      ...shared,
    });
    const sending = { Principal: "*", Action: "sqs:SendMessage", Resource: arn } as const;
    new SqsQueuePolicy(this, "policy", {
      queueUrl: this.queue.url,
      policy: policyDocument(
        {
          Sid: "Approvers",
          ...sending,
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${approver.account}:root` },
          Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(approver) }, IpAddress: { "aws:SourceIp": networks } },
        },
        // Administrators of the own account too: who sends is who approves.
        {
          Sid: "ApproversOnly",
          ...sending,
          Effect: "Deny",
          Condition: { ArnNotEquals: { "aws:PrincipalArn": roleArn(approver) } },
        },
        {
          Sid: "RegisteredNetworksOnly",
          ...sending,
          Effect: "Deny",
          Condition: { NotIpAddress: { "aws:SourceIp": networks } },
        },
        denyPlaintext("sqs:*", arn),
      ),
    });
    this.reading = {
      Sid: "Answers",
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: arn,
    };
  }

  /** Has a function take the answers, one by one. */
  handOn(functionName: string): void {
    new LambdaEventSourceMapping(this, "answers", {
      eventSourceArn: this.queue.arn,
      functionName,
      batchSize: 1,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
  }
}
