import { at, harmless, holds, network, opens, receives, service, uses } from "../flows/vocabulary";

export default service("Amazon Managed Workflows for Apache Airflow", {
  aws_mwaa_environment: holds("runs the owner's workflows", {
    docs: "https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-networking.html",
    attributes: {
      webserver_access_mode: opens(
        "mwaa.public-webserver",
        at("webserver_access_mode", "PRIVATE_ONLY").is("PUBLIC_ONLY"),
        {
          why: "what workflows did is shown on a page on the internet",
        },
      ),
      "network_configuration.subnet_ids": network,
      "network_configuration.security_group_ids": network,
      source_bucket_arn: receives("workflows come from there"),
      dag_s3_path: receives("workflows come from there"),
      plugins_s3_path: receives("programs come from there"),
      requirements_s3_path: receives("names of programs come from there"),
      startup_script_s3_path: receives("a program comes from there"),
      execution_role_arn: uses("the role that workflows have"),
      kms_key: uses("the key that encrypts what is kept"),
      endpoint_management: harmless("who makes the endpoints, the service or the owner"),
      airflow_configuration_options: harmless("settings of Airflow; what it reaches, the network bounds"),
    },
    interfaces: [
      {
        subnets: "network_configuration.subnet_ids",
        groups: "network_configuration.security_group_ids",
        publicIpv4: "never",
        initiates: true,
        without: "nothing",
      },
    ],
  }),
});
