/** State machines that ask people, in the Amazon States Language: https://states-language.net/spec.html */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { assumedBy, policyDocument } from "../perimeter/documents";

export type State = Readonly<Record<string, unknown>>;

export interface ApprovalsProps {
  /** Name of the state machine and of its role. */
  readonly name: string;
  /** ARNs of the functions that it calls. */
  readonly calls: readonly string[];
  readonly startAt: string;
  readonly states: Readonly<Record<string, State>>;
  readonly comment: string;
  /** ARN of the log group that steps are written to. */
  readonly logGroupArn: string;
  /** Longest time that an execution may take, in seconds. */
  readonly timeoutSeconds: number;
}

/** A state machine and the role that it calls functions with. */
export class Approvals extends Construct {
  readonly machine: SfnStateMachine;

  constructor(scope: Construct, id: string, props: ApprovalsProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name: props.name,
      description: props.comment,
      assumeRolePolicy: assumedBy("states.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "permissions", {
      name: "steps",
      role: role.id,
      policy: policyDocument(
        { Sid: "Steps", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [...props.calls] },
        // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, "IAM policies for logging"
        {
          Sid: "Log",
          Effect: "Allow",
          Action: [
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
          ],
          Resource: "*",
        },
      ),
    });
    this.machine = new SfnStateMachine(this, "machine", {
      name: props.name,
      roleArn: role.arn,
      type: "STANDARD",
      definition: JSON.stringify({
        Comment: props.comment,
        StartAt: props.startAt,
        TimeoutSeconds: props.timeoutSeconds,
        States: props.states,
      }),
      // Without what is handed from step to step: reasons are for the evidence.
      loggingConfiguration: { level: "ALL", includeExecutionData: false, logDestination: `${props.logGroupArn}:*` },
      dependsOn: [permissions],
    });
  }
}

/** A function is tried again when the service fails, not when it refuses. */
const retry = [
  {
    ErrorEquals: [
      "Lambda.ServiceException",
      "Lambda.AWSLambdaException",
      "Lambda.SdkClientException",
      "Lambda.TooManyRequestsException",
    ],
    IntervalSeconds: 2,
    MaxAttempts: 4,
    BackoffRate: 2,
  },
];

export interface CallState {
  /** Name or ARN of the function. */
  readonly functionName: string;
  readonly payload: State;
  /** The state after it; the last one if left out. */
  readonly next?: string;
  /** The state for when it fails. */
  readonly failed?: string;
  /** Where its answer is put; dropped if left out. */
  readonly resultPath?: string;
}

/** Calls a function and waits for what it answers. */
export const call = ({ functionName, payload, next, failed, resultPath }: CallState): State => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: functionName, Payload: payload },
  ...(resultPath === undefined
    ? { ResultPath: null }
    : { ResultSelector: { "answer.$": "$.Payload" }, ResultPath: resultPath }),
  Retry: retry,
  ...(failed !== undefined && { Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: failed }] }),
  ...(next === undefined ? { End: true } : { Next: next }),
});

export interface QuestionState {
  /** Name of the function that writes the question down. */
  readonly functionName: string;
  readonly step: string;
  readonly waitSeconds: number;
  readonly next: string;
  /** Where the answer is put; dropped if left out. */
  readonly resultPath?: string;
}

/**
 * Asks, and waits until somebody answers through the API: the token comes back from there.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html, "Wait for a Callback with Task Token"
 */
export const question = ({ functionName, step, waitSeconds, next, resultPath }: QuestionState): State => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Parameters: { FunctionName: functionName, Payload: { "id.$": "$.id", step, "token.$": "$$.Task.Token" } },
  TimeoutSeconds: waitSeconds,
  ResultPath: resultPath ?? null,
  Retry: retry,
  Catch: [
    { ErrorEquals: ["Declined"], ResultPath: null, Next: "Declined" },
    { ErrorEquals: ["States.Timeout"], ResultPath: null, Next: "Expired" },
    { ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Failed" },
  ],
  Next: next,
});

/** The ways that a request can come to its end, each closing what is open. */
export const endings = (closeFunction: string, ...outcomes: readonly string[]): Record<string, State> =>
  Object.fromEntries(
    outcomes.map((outcome) => [
      outcome,
      call({ functionName: closeFunction, payload: { "id.$": "$.id", outcome: outcome.toLowerCase() } }),
    ]),
  );
