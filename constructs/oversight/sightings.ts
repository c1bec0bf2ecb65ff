import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { type Calls, changes, type Kind, reads } from "../../handlers/incident/calls";
import { assumedBy, policyDocument } from "../perimeter/documents";

export interface SightingsProps {
  /** Name of the role that puts events on the partner's bus, and the start of the rules' names. */
  readonly name: string;
  /** ARN of the partner's bus. */
  readonly busArn: string;
  /** ARNs of the roles whose reads need no incident. */
  readonly approvedRoleArns: readonly string[];
}

/** "Event pattern size", https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const longestPattern = 2048;

type Pattern = Readonly<Record<string, unknown>>;

const detailType = ["AWS API Call via CloudTrail"];

const beginning = ({ names }: Calls) => names.map((prefix) => ({ prefix }));

/** Each service with its own calls. */
const patternOfChanges = (calls: readonly Calls[]): Pattern => ({
  "detail-type": detailType,
  detail: { $or: calls.map((one) => ({ eventSource: [one.source], eventName: beginning(one) })) },
});

/**
 * Reads by anybody but the roles that are let read. Services and beginnings of names stand side by side, because one
 * pattern has room for one choice: what comes through too much, the handler leaves out.
 */
const patternOfReads = (approvedRoleArns: readonly string[]): Pattern => {
  const role = (match: unknown) => ({ userIdentity: { sessionContext: { sessionIssuer: { arn: [match] } } } });
  return {
    "detail-type": detailType,
    detail: {
      eventSource: reads.map(({ source }) => source),
      eventName: reads.flatMap(beginning),
      $or: [role({ exists: false }), role({ "anything-but": approvedRoleArns })],
    },
  };
};

/** Patterns of the calls that are incidents, by kind. */
const patterns = (approvedRoleArns: readonly string[]): [Kind, Pattern][] => [
  ...Object.entries(changes).map(([kind, calls]): [Kind, Pattern] => [kind as Kind, patternOfChanges(calls)]),
  ["unapproved read", patternOfReads(approvedRoleArns)],
];

/** Rules of a watched account and region: whatever changes the ways of data, or reads it, is put on the partner's bus. */
export class Sightings extends Construct {
  constructor(scope: Construct, id: string, { name, busArn, approvedRoleArns }: SightingsProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name,
      description: "Puts what happens here on the partner's bus",
      assumeRolePolicy: assumedBy("events.amazonaws.com"),
    });
    new IamRolePolicy(this, "permissions", {
      name: "report",
      role: role.id,
      policy: policyDocument({ Sid: "Bus", Effect: "Allow", Action: "events:PutEvents", Resource: busArn }),
    });
    for (const [kind, sought] of patterns(approvedRoleArns)) {
      const slug = kind.replaceAll(" ", "-");
      const eventPattern = JSON.stringify(sought);
      if (eventPattern.length > longestPattern) {
        throw new RangeError(`the pattern for ${kind} has ${eventPattern.length} characters, of ${longestPattern}`);
      }
      const rule = new CloudwatchEventRule(this, slug, {
        name: `${name}-${slug}`,
        description: `Reports to the partner: ${kind}`,
        eventPattern,
        // EventBridge leaves calls that only read out, unless a rule asks for them.
        state: kind === "unapproved read" ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
      });
      new CloudwatchEventTarget(this, `${slug}-bus`, { rule: rule.name, arn: busArn, roleArn: role.arn });
    }
  }
}
