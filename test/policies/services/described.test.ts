/** Network interfaces that options or a document describe: Beanstalk's machines, tasks that a state machine starts. */
import { findings, judge } from "./harness";

const network = (address = false) => ({
  aws_vpc: { v: { cidr_block: "10.0.0.0/16", enable_dns_support: false } },
  aws_internet_gateway: { i: { vpc_id: "${aws_vpc.v.id}" } },
  aws_route_table: {
    r: { vpc_id: "${aws_vpc.v.id}", route: { cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.i.id}" } },
  },
  aws_subnet: { a: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.1.0/24", map_public_ip_on_launch: address } },
  aws_route_table_association: { a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.r.id}" } },
  aws_security_group: {
    g: { vpc_id: "${aws_vpc.v.id}", egress: { from_port: 0, to_port: 0, protocol: "-1", cidr_blocks: ["0.0.0.0/0"] } },
  },
});

const settings = (options: Record<string, string>) =>
  Object.entries(options).map(([option, value]) => {
    const [namespace, name] = option.split("/");
    return { namespace, name, value };
  });
const beanstalk = (options: Record<string, string>) =>
  judge({
    ...network(),
    aws_elastic_beanstalk_environment: {
      e: {
        name: "e",
        application: "a",
        setting: settings({
          "aws:ec2:vpc/Subnets": "${aws_subnet.a.id},${aws_subnet.a.id}",
          "aws:ec2:vpc/ELBScheme": "internal",
          ...options,
        }),
      },
    },
  });

test.each<[string, Record<string, string>, string | undefined]>([
  ["no public addresses, an internal load balancer", {}, undefined],
  ["the list put together", { "aws:ec2:vpc/Subnets": '${join(",", [aws_subnet.a.id])}' }, undefined],
  ["public addresses", { "aws:ec2:vpc/AssociatePublicIpAddress": "true" }, "the internet"],
  ["a public load balancer", { "aws:ec2:vpc/ELBScheme": "public" }, "the internet"],
  ["a single machine", { "aws:elasticbeanstalk:environment/EnvironmentType": "SingleInstance" }, "the internet"],
])("an environment with %s", async (_, options, place) => {
  const report = await beanstalk(options);
  expect({ verdict: report.verdict, place: report.escapes[0]?.destination.place }).toEqual({
    verdict: place ? "escapes" : "contained",
    place,
  });
});

test("an environment in subnets that are not in the configuration", async () => {
  expect((await beanstalk({ "aws:ec2:vpc/Subnets": "subnet-0123456789abcdef0" })).verdict).toBe("undecided");
});

const parameters = (own: object) => ({
  Cluster: "c",
  TaskDefinition: "t",
  NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: ["${aws_security_group.g.id}"], ...own } },
});
const machine = (own: object) =>
  judge({
    ...network(),
    aws_sfn_state_machine: {
      x: {
        role_arn: "arn:aws:iam::111111111111:role/r",
        definition: JSON.stringify({
          StartAt: "A",
          States: { A: { Type: "Task", Resource: "arn:aws:states:::ecs:runTask.sync", Parameters: parameters(own) } },
        }),
      },
    },
  });
const schedule = (own: object) =>
  judge({
    ...network(),
    aws_scheduler_schedule: {
      x: {
        schedule_expression: "rate(1 hour)",
        flexible_time_window: { mode: "OFF" },
        target: {
          arn: "arn:aws:scheduler:::aws-sdk:ecs:runTask",
          role_arn: "arn:aws:iam::111111111111:role/r",
          input: JSON.stringify(parameters(own)),
        },
      },
    },
  });

const ADDRESS = "Parameters.NetworkConfiguration.AwsvpcConfiguration";
describe.each([
  ["state machine", machine, "aws_sfn_state_machine.x", `definition.States.A.${ADDRESS}.Subnets[0]`],
  [
    "schedule",
    schedule,
    "aws_scheduler_schedule.x",
    "target[0].input.NetworkConfiguration.AwsvpcConfiguration.Subnets[0]",
  ],
] as const)("a task that a %s starts", (_, start, by, attribute) => {
  test("without a public address", async () => {
    expect(findings(await start({ Subnets: ["${aws_subnet.a.id}"], AssignPublicIp: "DISABLED" }))).toEqual([]);
  });
  test("with one", async () => {
    const report = await start({ Subnets: ["${aws_subnet.a.id}"], AssignPublicIp: "ENABLED" });
    expect(report.escapes[0]?.path[0]).toMatchObject({ by, attribute });
  });
  test("in a subnet that is chosen when it runs", async () => {
    expect((await start({ "Subnets.$": "$.subnets" })).verdict).toBe("undecided");
  });
});
