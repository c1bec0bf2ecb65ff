/** Attempts to get data out by containers, load balancers, images and simple machines. */
import { type Attempt, attempts, type Blocks, json, one, role } from "./attempts";

const containers = (options: unknown): Blocks =>
  one("aws_ecs_task_definition", {
    family: "t",
    container_definitions: json([{ name: "a", image: "i", logConfiguration: { logDriver: "awsfirelens", options } }]),
  });
const OPTIONS = "by container.logs";
const listener = (action: object): Blocks => ({
  aws_lb: { inside: { internal: true, subnets: [] } },
  aws_lb_listener: { x: { load_balancer_arn: "${aws_lb.inside.arn}", port: 80, default_action: action } },
});
const redirect = (host: string): Blocks => listener({ type: "redirect", redirect: { host, status_code: "HTTP_301" } });
const cognito = (pool: string): Blocks =>
  listener({
    type: "authenticate-cognito",
    authenticate_cognito: { user_pool_arn: pool, user_pool_client_id: "c", user_pool_domain: "d" },
  });
const workflow = (step: object): Blocks =>
  one("aws_imagebuilder_workflow", { name: "w", version: "1.0.0", type: "BUILD", data: json({ steps: [step] }) });
const distributed = (region: string) =>
  workflow({ action: "DistributeImage", inputs: { distributions: [{ region }] } });

const rows: readonly Attempt[] = [
  [
    "Amazon ECS",
    "an Elastic Cloud",
    containers({ Name: "es", Cloud_ID: "prod:dXM=" }),
    [`aws_ecs_task_definition.x -> prod:dXM= ${OPTIONS}`],
  ],
  [
    "Amazon ECS",
    "logs put with the role of another account",
    containers({ Name: "cloudwatch_logs", region: "eu-west-1", role_arn: "arn:aws:iam::444455556666:role/x" }),
    [`aws_ecs_task_definition.x -> account 444455556666 ${OPTIONS}`],
  ],
  [
    "Amazon ECS",
    "logs put with a role of one's own",
    containers({ Name: "cloudwatch", region: "eu-west-1", role_arn: role }),
    [],
  ],
  [
    "Amazon ECS",
    "Fluentd's spelling of S3",
    containers({ "@type": "s3", s3_bucket: "enclave-archive", s3_region: "us-east-1" }),
    [`aws_ecs_task_definition.x -> us-east-1 ${OPTIONS}`],
  ],
  [
    "Amazon ECS",
    "a proxy",
    containers({ Name: "http", Host: "10.0.0.5", Proxy: "http://proxy.example.com:8080" }),
    [`aws_ecs_task_definition.x -> proxy.example.com ${OPTIONS}`],
  ],
  [
    "Amazon ECS",
    "machines of ECS Anywhere",
    one("aws_ecs_service", { name: "s", launch_type: "EXTERNAL" }),
    ["? aws_ecs_service.x: launch_type unknown-value"],
  ],
  [
    "Amazon ECS",
    "machines that are not known",
    one("aws_ecs_service", { name: "s", launch_type: "${var.opaque}" }),
    ["? aws_ecs_service.x: launch_type unresolved-reference"],
  ],
  ["Amazon ECS", "AWS's own machines", one("aws_ecs_service", { name: "s", launch_type: "FARGATE" }), []],

  [
    "Elastic Load Balancing",
    "a host that only ends like its own",
    redirect("#{host}.example.org"),
    ["aws_lb.inside -> #{host}.example.org by elb.redirect"],
  ],
  ["Elastic Load Balancing", "a name below its own", redirect("www.#{host}"), []],
  [
    "Elastic Load Balancing",
    "users of a pool elsewhere",
    cognito("arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_x"),
    ["aws_lb.inside -> us-east-1 by elb.authenticate"],
  ],
  [
    "Elastic Load Balancing",
    "users of a pool here",
    cognito("arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_x"),
    [],
  ],

  [
    "Amazon Lightsail",
    "ports without addresses",
    one("aws_lightsail_instance_public_ports", {
      instance_name: "i",
      port_info: { protocol: "tcp", from_port: 5432, to_port: 5432 },
    }),
    ["aws_lightsail_instance_public_ports.x -> the internet by lightsail.ports"],
  ],
  [
    "Amazon Lightsail",
    "ports for one address",
    one("aws_lightsail_instance_public_ports", {
      instance_name: "i",
      port_info: { protocol: "tcp", from_port: 5432, to_port: 5432, cidrs: ["203.0.113.10/32"] },
    }),
    [],
  ],

  [
    "EC2 Image Builder",
    "a workflow that distributes",
    distributed("us-east-1"),
    ["aws_imagebuilder_workflow.x -> us-east-1 by imagebuilder.workflow"],
  ],
  ["EC2 Image Builder", "a workflow that distributes inside", distributed("eu-north-1"), []],
  [
    "EC2 Image Builder",
    "a workflow whose Region is told later",
    distributed("{{ $.parameters.region }}"),
    ["? aws_imagebuilder_workflow.x: data.steps[0].inputs.distributions[0].region unknown-value"],
  ],
  [
    "EC2 Image Builder",
    "a workflow with a step that is not known",
    workflow({ action: "SendAbroad" }),
    ["? aws_imagebuilder_workflow.x: data.steps[0] unknown-value"],
  ],
  ["EC2 Image Builder", "a workflow that builds", workflow({ action: "LaunchInstance" }), []],

  [
    "AWS Elastic Beanstalk",
    "options from a template",
    one("aws_elastic_beanstalk_environment", { name: "e", application: "a", template_name: "saved", tier: "Worker" }),
    [
      "? aws_elastic_beanstalk_environment.x: setting unknown-value",
      "? aws_elastic_beanstalk_environment.x: template_name unknown-value",
    ],
  ],
];

attempts(rows);
