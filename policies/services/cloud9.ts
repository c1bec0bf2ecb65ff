import { grants, harmless, moves, receives, service, shares } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/cloud9/latest/user-guide/${page}.html`;

export default service("AWS Cloud9", {
  // Without a session through Systems Manager the machine needs a public address, which the service connects to.
  aws_cloud9_environment_ec2: moves("runs an editor on a machine in the owner's VPC", {
    docs: guide("vpc-settings"),
    attributes: {
      owner_arn: shares("cloud9.owner", "principal"),
      connection_type: harmless("how the service connects to the machine"),
      image_id: receives("the machine's image comes from AWS"),
    },
    interfaces: [
      { subnets: "subnet_id", unfiltered: true, publicIpv4: "subnet", initiates: true, without: "default-vpc" },
    ],
  }),
  aws_cloud9_environment_membership: grants("lets somebody read or edit in an environment", {
    docs: guide("share-environment"),
    data: "environment_id",
    attributes: { user_arn: shares("cloud9.member", "principal") },
  }),
});
