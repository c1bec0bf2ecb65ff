import { harmless, holds, inert, moves, receives, service, uses } from "../flows/vocabulary";
import { deliveries, environment, machines } from "./beanstalk-options";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/${page}.html`;
const options = harmless("read together, see beanstalk-options.ts");

export default service("AWS Elastic Beanstalk", {
  aws_elastic_beanstalk_application: inert(
    "a name for versions and environments",
    resourcePage("elastic_beanstalk_application"),
    {
      "appversion_lifecycle.service_role": uses("the role that deletes old versions"),
    },
  ),
  aws_elastic_beanstalk_application_version: holds("names code that lies in a bucket", {
    docs: guide("applications-versions"),
    attributes: { bucket: receives("code comes from there"), key: receives("code comes from there") },
  }),
  aws_elastic_beanstalk_environment: moves("runs an application on machines that it makes", {
    docs: guide("command-options-general"),
    attributes: {
      setting: options,
      tier: harmless("whether the application answers requests or works off a queue"),
      platform_arn: receives("the machines' image comes from there"),
      solution_stack_name: receives("the machines' image comes from AWS"),
      cname_prefix: harmless("its own name"),
    },
    described: machines,
    also: environment,
  }),
  aws_elastic_beanstalk_configuration_template: moves("keeps options for environments", {
    docs: guide("environment-configuration-savedconfig"),
    attributes: { setting: options, environment_id: receives("options come from there") },
    also: deliveries,
  }),
  ...lookups({
    elastic_beanstalk_application: "an application",
    elastic_beanstalk_hosted_zone: "an id for DNS records",
    elastic_beanstalk_solution_stack: "a platform",
  }),
});
