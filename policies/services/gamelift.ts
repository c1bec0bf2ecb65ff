import { at, harmless, holds, inert, moves, opens, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/gameliftservers/latest/developerguide/${page}.html`;
const codeIn = receives("code comes from there");

export default service("Amazon GameLift Servers", {
  aws_gamelift_fleet: moves("runs game servers that players reach", {
    docs: guide("fleets-intro"),
    attributes: {
      ec2_instance_type: opens("gamelift.internet", at("ec2_instance_type").isNot(""), {
        why: "the servers stand in a network of GameLift's own, with public addresses, and reach the internet",
      }),
      "ec2_inbound_permission.ip_range": shares("gamelift.players", "cidr"),
      instance_role_arn: uses("the role that servers act with"),
      "runtime_configuration.server_process.launch_path": harmless("a file of the build"),
      metric_groups: harmless("names of metrics"),
      new_game_session_protection_policy: harmless("whether running sessions are ended"),
    },
  }),
  aws_gamelift_game_server_group: moves("runs game servers on machines in the owner's VPC", {
    docs: "https://docs.aws.amazon.com/gameliftservers/latest/fleetiqguide/gsg-intro.html",
    attributes: {
      role_arn: uses("the role that starts machines"),
      launch_template: uses("how machines are set up"),
      game_server_protection_policy: harmless("whether running games are ended"),
    },
    interfaces: [
      { subnets: "vpc_subnets", unfiltered: true, publicIpv4: "subnet", initiates: true, without: "default-vpc" },
    ],
  }),
  aws_gamelift_game_session_queue: moves("places sessions on fleets, in whichever Regions those are", {
    docs: guide("queues-intro"),
    attributes: {
      destinations: sends("gamelift.queue", "arn"),
      notification_target: sends("gamelift.notification", "arn"),
      custom_event_data: harmless("text that is sent along"),
    },
  }),
  aws_gamelift_build: holds("keeps the code of game servers", {
    docs: guide("gamelift-build-intro"),
    attributes: { storage_location: codeIn },
  }),
  aws_gamelift_script: holds("keeps the code of game servers", {
    docs: guide("realtime-script-uploading"),
    attributes: { storage_location: codeIn },
  }),
  aws_gamelift_alias: inert("a name for a fleet", resourcePage("gamelift_alias"), {
    routing_strategy: uses("the fleet, where it is judged"),
  }),
});
