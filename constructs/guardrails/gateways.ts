import type { GatewayStep } from "../declaration/names";
import type { Guardrail } from "./quotas";
import { controlPolicy, exceptDelivery, type GuardrailScope } from "./scope";

/** Steps that AWS's services call, which no control policy is asked about: nobody else speaks for a person. */
const calledByServices: readonly GatewayStep[] = ["request", "approve", "countersign", "open"];
/** Steps that a state machine calls, or an approved session. */
const calledByRoles: readonly GatewayStep[] = ["ask", "close", "pseudonymise", "reidentify", "release"];

/**
 * The gateways are asked by their own ways only: an administrator of a site neither calls their functions with a made-up
 * person, nor answers in an approver's place, nor writes a request that nobody made, nor takes on their roles.
 */
export function gatewayGuardrail(scope: GuardrailScope): Guardrail {
  const { name } = scope;
  const roles = (...ends: readonly string[]) => ends.map((end) => `arn:aws:iam::*:role/${name}-*-${end}`);
  const others = (...ends: readonly string[]) => ({ ArnNotLike: { "aws:PrincipalArn": roles(...ends) } });
  const functions = (steps: readonly GatewayStep[]) =>
    steps.map((step) => `arn:aws:lambda:*:*:function:${name}-*-${step}`);
  const machines = ["access", "transfer"].map((machine) => `arn:aws:states:*:*:stateMachine:${name}-*-${machine}`);
  const base = { Effect: "Deny" } as const;
  return {
    name: `${name}-gateways`,
    type: "SERVICE_CONTROL_POLICY",
    description: "The gateways by their own ways only",
    document: controlPolicy(
      {
        ...base,
        Sid: "Roles",
        Action: ["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:PassRole", "iam:AttachRolePolicy"],
        Resource: `arn:aws:iam::*:role/${name}-*`,
        Condition: exceptDelivery(scope),
      },
      { ...base, Sid: "Calls", Action: "lambda:InvokeFunction", Resource: functions(calledByServices) },
      {
        ...base,
        Sid: "Steps",
        Action: "lambda:InvokeFunction",
        Resource: functions(calledByRoles),
        Condition: others("access", "transfer", "session"),
      },
      {
        ...base,
        Sid: "Answers",
        Action: ["states:SendTaskSuccess", "states:SendTaskFailure"],
        Resource: "*",
        Condition: others("approve", "countersign", "open"),
      },
      { ...base, Sid: "Starts", Action: "states:StartExecution", Resource: machines, Condition: others("request") },
      {
        ...base,
        Sid: "Requests",
        Action: ["Get", "BatchGet", "Put", "Update", "Delete", "BatchWrite"]
          .map((what) => `dynamodb:${what}Item`)
          .concat("dynamodb:Query", "dynamodb:Scan"),
        Resource: `arn:aws:dynamodb:*:*:table/${name}-*-requests`,
        Condition: others("request", "ask", "approve", "countersign", "open", "close", "reidentify"),
      },
      {
        ...base,
        Sid: "AsProved",
        Action: [
          "apigateway:PATCH",
          "apigateway:PUT",
          "lambda:CreateEventSourceMapping",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
          "sqs:AddPermission",
          "sqs:SetQueueAttributes",
          "states:UpdateStateMachine",
        ],
        Resource: "*",
        Condition: exceptDelivery(scope),
      },
    ),
  };
}
