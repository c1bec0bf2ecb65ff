import { orders, Stop, StopRole } from "../../../constructs";
import { type Attributes, only, resourcesOf, statementsOf } from "../synthesis";

const by = { account: "111111111111", roleName: "clover-dublin-stop" };
const resources = resourcesOf((stack) => {
  new Stop(stack, "stop", {
    name: "clover-stop",
    roles: [
      { by, sessions: ["clover-dublin-1-session"], transfers: ["clover-dublin-1-release"] },
      {
        by: { account: "222222222222", roleName: "clover-hamar-stop" },
        sessions: ["clover-hamar-session"],
        transfers: [],
      },
    ],
  });
});
const machine = JSON.parse(only(resources, "aws_sfn_state_machine").values.definition);

/** What `States.Format` makes of its template: https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
function formatted(call: string): Attributes {
  const [, template] = /^States\.Format\('(.*)'(?:, \$\$\.State\.EnteredTime)?\)$/.exec(call)!;
  const filled = template.replace(/\\(.)|\{\}/g, (_, escaped) => escaped ?? "2026-11-22T08:00:00Z");
  return JSON.parse(filled);
}

const tasks = (order: string): Attributes[] =>
  machine.States[order].Branches.map(({ States }: Attributes) => ({
    roles: States.Roles.Result,
    ...States.Each.ItemProcessor.States.Deny,
  }));

const denying = (condition?: object) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*", ...(condition && { Condition: condition }) }],
});
const older = { DateLessThan: { "aws:TokenIssueTime": "2026-11-22T08:00:00Z" } };

it.each([
  ["sessions", [["clover-dublin-1-session"], ["clover-hamar-session"]], "AWSRevokeOlderSessions", denying(older)],
  ["transfers", [["clover-dublin-1-release"], []], "OversightFreeze", denying()],
  ["release", [["clover-dublin-1-release"], []], "OversightFreeze", denying(older)],
])("the order %s writes a policy that denies to the roles of each account", (order, roles, name, document) => {
  const written = tasks(order);
  expect(written.map((task) => task.roles)).toEqual(roles);
  expect(written.map(({ Credentials }) => Credentials.RoleArn)).toEqual([
    "arn:aws:iam::111111111111:role/clover-dublin-stop",
    "arn:aws:iam::222222222222:role/clover-hamar-stop",
  ]);
  for (const { Resource, Parameters } of written) {
    expect(Resource).toBe("arn:aws:states:::aws-sdk:iam:putRolePolicy");
    expect(Parameters.PolicyName).toBe(name);
    expect(formatted(Parameters["PolicyDocument.$"])).toEqual(document);
  }
});

it("every order that there is leads to its effect, and no other is taken", () => {
  const { Choices, Default } = machine.States.Order;
  expect(Choices.map(({ StringEquals, Next }: Attributes) => [StringEquals, Next])).toEqual(
    orders.map((order) => [order, order]),
  );
  expect(machine.States[Default].Type).toBe("Fail");
});

it("one role that can't be stopped keeps no other from it, and fails the execution in the end", () => {
  for (const order of orders) {
    for (const { Catch } of tasks(order)) expect(Catch).toEqual([{ ErrorEquals: ["States.ALL"], Next: "NotStopped" }]);
    expect(machine.States[order].Next).toBe("AllStopped");
  }
  expect(machine.States[machine.States.AllStopped.Choices[0].Next].Type).toBe("Fail");
});

it("the partner's machine may take on the stopping roles, and they may write policies of the named roles", () => {
  expect(statementsOf(only(resources, "aws_iam_role_policy").values.policy)).toEqual([
    expect.objectContaining({
      Action: "sts:AssumeRole",
      Resource: [
        "arn:aws:iam::111111111111:role/clover-dublin-stop",
        "arn:aws:iam::222222222222:role/clover-hamar-stop",
      ],
    }),
  ]);
  const stopped = resourcesOf((stack) => {
    new StopRole(stack, "stop", {
      name: by.roleName,
      account: by.account,
      machine: { account: "333333333333", roleName: "clover-stop" },
      roles: ["clover-dublin-1-session"],
    });
  });
  expect(statementsOf(only(stopped, "aws_iam_role").values.assume_role_policy)).toEqual([
    expect.objectContaining({
      Principal: { AWS: "arn:aws:iam::333333333333:root" },
      Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::333333333333:role/clover-stop" } },
    }),
  ]);
  expect(statementsOf(only(stopped, "aws_iam_role_policy").values.policy)).toEqual([
    {
      Sid: "Deny",
      Effect: "Allow",
      Action: "iam:PutRolePolicy",
      Resource: ["arn:aws:iam::111111111111:role/clover-dublin-1-session"],
    },
  ]);
});
