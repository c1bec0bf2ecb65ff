import { grants, harmless, holds, moves, receives, sends, service, shares, stands, uses } from "../flows/vocabulary";

export default service("Amazon Security Lake", {
  aws_securitylake_data_lake: holds("keeps security logs in buckets that it makes, one in each Region", {
    docs: "https://docs.aws.amazon.com/security-lake/latest/userguide/add-rollup-region.html",
    attributes: {
      "configuration.region": stands("region"),
      "configuration.replication_configuration.regions": sends("securitylake.rollup", "region"),
      "configuration.replication_configuration.role_arn": uses("the role that copies to the rollup Region"),
      "configuration.encryption_configuration.kms_key_id": uses("the key that encrypts the logs"),
      "configuration.lifecycle_configuration": harmless("when objects are moved to other storage classes and deleted"),
      meta_store_manager_role_arn: uses("the role that maintains the tables"),
    },
  }),

  // The logs of a Region are kept in the lake of that Region.
  aws_securitylake_aws_log_source: moves("collects logs of AWS services into the lake", {
    docs: "https://docs.aws.amazon.com/security-lake/latest/userguide/internal-sources.html",
    attributes: {
      "source.regions": stands("region"),
      "source.accounts": receives("logs come from these accounts"),
      "source.source_name": harmless("which logs are collected"),
    },
  }),

  aws_securitylake_custom_log_source: moves("takes logs from a third party into the lake", {
    docs: "https://docs.aws.amazon.com/security-lake/latest/userguide/custom-sources.html",
    attributes: {
      "configuration.provider_identity.principal": receives("this party may write into the lake"),
      "configuration.provider_identity.external_id": harmless("a password of the trust between the two"),
      "configuration.crawler_configuration.role_arn": uses("the role that reads the tables' schema"),
    },
  }),

  aws_securitylake_subscriber: grants("lets a party read the lake, as objects or by queries", {
    docs: "https://docs.aws.amazon.com/security-lake/latest/userguide/subscriber-management.html",
    attributes: {
      "subscriber_identity.principal": shares("securitylake.subscriber", "principal"),
      "subscriber_identity.external_id": harmless("a password of the trust between the two"),
      source: harmless("which logs the party may read"),
      subscriber_name: harmless("its own name"),
    },
  }),

  aws_securitylake_subscriber_notification: moves("tells a subscriber of each new object", {
    docs: "https://docs.aws.amazon.com/security-lake/latest/userguide/subscriber-data-access.html",
    data: "subscriber_id",
    attributes: {
      "configuration.https_notification_configuration.endpoint": sends("securitylake.notification", "url"),
      "configuration.https_notification_configuration.authorization_api_key_name": harmless(
        "a credential for the endpoint",
      ),
      "configuration.https_notification_configuration.authorization_api_key_value": harmless(
        "a credential for the endpoint",
      ),
      "configuration.https_notification_configuration.target_role_arn": uses("the role that calls the endpoint"),
    },
  }),
});
