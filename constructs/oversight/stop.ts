/** What the partner can do when something is wrong, whatever the watched accounts say: end all sessions, stop transfers. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { type NamedRole, roleArn } from "../declaration/names";
import { assumedBy, policyDocument } from "../perimeter/documents";

/** Roles of one watched account that can be stopped. */
export interface StoppedRoles {
  /** The role in that account that does it. */
  readonly by: NamedRole;
  /** Names of roles whose sessions end. */
  readonly sessions: readonly string[];
  /** Names of roles that do nothing any more until they are released. */
  readonly transfers: readonly string[];
}

export interface StopProps {
  readonly name: string;
  /** For each watched account. */
  readonly roles: readonly StoppedRoles[];
}

/** What an execution is started with: `{"stop": "sessions"}`. */
export const orders = ["sessions", "transfers", "release"] as const;
export type Order = (typeof orders)[number];

/** The name that IAM's own console gives to the policy that ends sessions. */
const revokeOlderSessions = "AWSRevokeOlderSessions";
const frozen = "OversightFreeze";

const deny = (condition: string): string =>
  `\\{"Version":"2012-10-17","Statement":[\\{"Effect":"Deny","Action":"*","Resource":"*"${condition}\\}]\\}`;

/**
 * Denies every session that began before now everything:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
const denyOlder = `States.Format('${deny(',"Condition":\\{"DateLessThan":\\{"aws:TokenIssueTime":"{}"\\}\\}')}', $$.State.EnteredTime)`;
const denyAll = `States.Format('${deny("")}')`;

/**
 * What each order writes to which roles. A release puts a policy that ends older sessions in the place of the one that
 * denies all: the machine only ever writes policies that deny, and takes none away.
 */
const effects: Readonly<Record<Order, { of: "sessions" | "transfers"; policy: string; document: string }>> = {
  sessions: { of: "sessions", policy: revokeOlderSessions, document: denyOlder },
  transfers: { of: "transfers", policy: frozen, document: denyAll },
  release: { of: "transfers", policy: frozen, document: denyOlder },
};

/** The partner's stop: a state machine that acts in each watched account by a role that can do nothing else. */
export class Stop extends Construct {
  readonly machine: SfnStateMachine;

  constructor(scope: Construct, id: string, { name, roles }: StopProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name,
      description: "Ends sessions and stops transfers in the watched accounts",
      assumeRolePolicy: assumedBy("states.amazonaws.com"),
    });
    new IamRolePolicy(this, "permissions", {
      name: "stop",
      role: role.id,
      policy: policyDocument({
        Sid: "Stop",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: roles.map(({ by }) => roleArn(by)),
      }),
    });
    this.machine = new SfnStateMachine(this, "machine", {
      name,
      roleArn: role.arn,
      type: "STANDARD",
      definition: JSON.stringify(definition(roles)),
    });
  }
}

type State = Readonly<Record<string, unknown>>;

function definition(roles: readonly StoppedRoles[]): State {
  return {
    Comment: "The partner's stop",
    StartAt: "Order",
    States: {
      Order: {
        Type: "Choice",
        Choices: orders.map((order) => ({ Variable: "$.stop", StringEquals: order, Next: order })),
        Default: "Unknown",
      },
      Unknown: { Type: "Fail", Error: "UnknownOrder", Cause: `stop is one of ${orders.join(", ")}` },
      AllStopped: {
        Type: "Choice",
        Choices: [{ Variable: "$.failed[0]", IsPresent: true, Next: "NotAllStopped" }],
        Default: "Stopped",
      },
      NotAllStopped: { Type: "Fail", Error: "NotAllStopped", Cause: "some roles could not be stopped; see the tasks" },
      Stopped: { Type: "Succeed" },
      ...Object.fromEntries(orders.map((order) => [order, inEveryAccount(order, roles)])),
    },
  };
}

/** All accounts at once; one that fails keeps none of the others from being stopped, and fails the execution in the end. */
function inEveryAccount(order: Order, roles: readonly StoppedRoles[]): State {
  const { of, policy, document } = effects[order];
  return {
    Type: "Parallel",
    Next: "AllStopped",
    ResultSelector: { "failed.$": "$..Error" },
    Branches: roles.map((stopped) => ({
      StartAt: "Roles",
      States: {
        Roles: { Type: "Pass", Result: stopped[of], Next: "Each" },
        Each: {
          Type: "Map",
          End: true,
          ItemProcessor: {
            ProcessorConfig: { Mode: "INLINE" },
            StartAt: "Deny",
            States: {
              Deny: {
                Type: "Task",
                End: true,
                Resource: "arn:aws:states:::aws-sdk:iam:putRolePolicy",
                Credentials: { RoleArn: roleArn(stopped.by) },
                Parameters: { "RoleName.$": "$", PolicyName: policy, "PolicyDocument.$": document },
                Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 5 }],
                Catch: [{ ErrorEquals: ["States.ALL"], Next: "NotStopped" }],
              },
              NotStopped: { Type: "Pass", End: true },
            },
          },
        },
      },
    })),
  };
}

export interface StopRoleProps {
  /** Its name. */
  readonly name: string;
  /** Account of the watched roles. */
  readonly account: string;
  /** The role of the partner's machine. */
  readonly machine: NamedRole;
  /** Names of the roles that it may stop. */
  readonly roles: readonly string[];
}

/** What the partner's stop acts by in a watched account: it writes policies of the named roles, and nothing else. */
export class StopRole extends Construct {
  constructor(scope: Construct, id: string, { name, account, machine, roles }: StopRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "role", {
      name,
      description: "The partner's stop",
      // The account is the principal and the role a condition: IAM refuses a role that does not exist yet.
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "PartnersStop",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${machine.account}:root` },
            Action: "sts:AssumeRole",
            Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(machine) } },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "permissions", {
      name: "stop",
      role: role.id,
      policy: policyDocument({
        Sid: "Deny",
        Effect: "Allow",
        Action: "iam:PutRolePolicy",
        Resource: roles.map((roleName) => roleArn({ account, roleName })),
      }),
    });
  }
}
