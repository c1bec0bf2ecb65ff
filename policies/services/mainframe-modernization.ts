import { at, harmless, holds, inert, network, opens, receives, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/m2/latest/userguide/${page}.html`;

export default service("AWS Mainframe Modernization", {
  aws_m2_environment: holds("machines that run mainframe applications", {
    docs: guide("create-environments-m2"),
    attributes: {
      publicly_accessible: opens("m2.public", at("publicly_accessible", false).is(true), {
        why: "applications can be reached from the internet",
      }),
      subnet_ids: network,
      security_group_ids: network,
      kms_key_id: uses("the key that encrypts disks"),
      "storage_configuration.efs.file_system_id": uses("a file system, judged by itself"),
      "storage_configuration.fsx.file_system_id": uses("a file system, judged by itself"),
    },
    interfaces: [
      {
        subnets: "subnet_ids",
        groups: "security_group_ids",
        publicIpv4: { path: "publicly_accessible", absent: false },
        initiates: true,
        without: "default-vpc",
      },
    ],
  }),
  aws_m2_application: holds("a mainframe application", {
    docs: guide("applications-m2-definition"),
    attributes: {
      "definition.content": harmless(
        "which programs and data sets belong to it; its environment's network bounds them",
      ),
      "definition.s3_location": receives("the definition comes from there"),
      kms_key_id: uses("the key that encrypts it"),
      role_arn: uses("the role that the application has"),
    },
  }),
  aws_m2_deployment: inert("which application runs in which environment", resourcePage("m2_deployment")),
});
