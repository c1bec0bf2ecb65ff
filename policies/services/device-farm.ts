import { type Entry, type Finding, harmless, moves, service, uses } from "../flows/vocabulary";

/** The only Region with an endpoint is us-west-2 (AWS General Reference, page below). */
function* inOregon(): Generator<Finding> {
  yield {
    finding: "flow",
    channel: "devicefarm.region",
    to: { to: "value", value: "us-west-2", form: "region" },
    why: "the service and its devices stand in us-west-2 only, which reach the internet",
  };
}

const part = (what: string, attributes: Entry["attributes"] = {}): Entry =>
  moves(what, { docs: "https://docs.aws.amazon.com/general/latest/gr/devicefarm.html", attributes, also: inOregon });
const project = { project_arn: uses("the project") };

export default service("AWS Device Farm", {
  aws_devicefarm_project: part("runs tests of applications on real devices"),
  aws_devicefarm_device_pool: part("which devices are used", { ...project, rule: harmless("which devices are meant") }),
  aws_devicefarm_instance_profile: part("how devices are reset"),
  aws_devicefarm_network_profile: part("what network devices seem to have", project),
  aws_devicefarm_test_grid_project: part("runs tests in browsers", {
    "vpc_config.vpc_id": { role: "network" },
    "vpc_config.subnet_ids": { role: "network" },
    "vpc_config.security_group_ids": { role: "network" },
  }),
  aws_devicefarm_upload: part("an application to be tested", project),
});
