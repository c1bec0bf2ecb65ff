import { at, document, grants, harmless, holds, moves, opens, policy, sends, service, uses } from "../flows/vocabulary";
import { dataProtectionPolicy } from "./documents/data-protection-policy";
import { redrivePolicy } from "./documents/redrive-policy";
import { actionPage, lookups } from "./pages";

/** Delivery status goes to log groups of the topic's own account and Region, which SNS names itself. */
const statusRole = uses("the role that writes delivery status to log groups of the topic's own account and Region");

export default service("Amazon SNS", {
  aws_sns_topic: holds("keeps each message until it has been delivered to every subscriber", {
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html",
    attributes: {
      policy: policy("sns.policy"),
      kms_master_key_id: uses("the key that encrypts messages at rest"),
      delivery_policy: harmless("retry delays and content types of deliveries to subscribers"),
      archive_policy: harmless("how long messages stay in the topic's own archive"),
      application_success_feedback_role_arn: statusRole,
      application_failure_feedback_role_arn: statusRole,
      firehose_success_feedback_role_arn: statusRole,
      firehose_failure_feedback_role_arn: statusRole,
      http_success_feedback_role_arn: statusRole,
      http_failure_feedback_role_arn: statusRole,
      lambda_success_feedback_role_arn: statusRole,
      lambda_failure_feedback_role_arn: statusRole,
      sqs_success_feedback_role_arn: statusRole,
      sqs_failure_feedback_role_arn: statusRole,
    },
  }),

  aws_sns_topic_policy: grants("says who may subscribe to a topic, read its attributes and publish", {
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
    data: "arn",
    attributes: { policy: policy("sns.policy") },
  }),

  // Queues and functions may be in other accounts and Regions ("Cross-region delivery"); http(s), e-mail and SMS go to
  // whatever the endpoint says.
  aws_sns_topic_subscription: moves("pushes each message of a topic to an endpoint", {
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html",
    data: "topic_arn",
    attributes: {
      endpoint: sends("sns.subscription", "any"),
      protocol: opens("sns.mobile-push", at("protocol").is("application"), {
        why: "messages to an application endpoint go through Apple's, Google's, Amazon's, Baidu's or Microsoft's push service to a device anywhere",
      }),
      redrive_policy: document(redrivePolicy("sns.dead-letter")),
      delivery_policy: harmless("retry delays and headers of the deliveries to this endpoint"),
      filter_policy: harmless("which messages are delivered"),
      filter_policy_scope: harmless("whether the filter looks at attributes or at the body"),
      replay_policy: harmless("from when on archived messages are delivered to the same endpoint again"),
      subscription_role_arn: uses("the role that writes to a delivery stream"),
    },
  }),

  aws_sns_topic_data_protection_policy: moves("looks for personal data in messages and reports what it found", {
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-operations.html",
    data: "arn",
    attributes: { policy: document(dataProtectionPolicy("sns.data-protection-audit")) },
  }),

  aws_sns_platform_application: moves("publishes to mobile devices through a push service", {
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-application-as-subscriber.html",
    attributes: {
      platform: opens("sns.mobile-push", at("platform").isNot(""), {
        why: "what is published to an endpoint of the application goes through the platform's push service to a device anywhere",
      }),
      platform_credential: harmless("the credential for the push service"),
      platform_principal: harmless("the credential for the push service"),
      apple_platform_bundle_id: harmless("names an app of the developer account at Apple"),
      apple_platform_team_id: harmless("names a developer account at Apple"),
      event_delivery_failure_topic_arn: sends("sns.platform-events", "arn"),
      event_endpoint_created_topic_arn: sends("sns.platform-events", "arn"),
      event_endpoint_deleted_topic_arn: sends("sns.platform-events", "arn"),
      event_endpoint_updated_topic_arn: sends("sns.platform-events", "arn"),
      success_feedback_role_arn: statusRole,
      failure_feedback_role_arn: statusRole,
    },
  }),

  // Sending itself takes a Publish request with a phone number, or a subscription; this only sets defaults.
  aws_sns_sms_preferences: moves("sets the account's defaults for text messages and stores daily usage reports", {
    docs: "https://docs.aws.amazon.com/sns/latest/dg/sms_stats_usage.html",
    attributes: {
      usage_report_s3_bucket: sends("sns.usage-report", "bucket"),
      delivery_status_iam_role_arn: statusRole,
      default_sender_id: harmless("the name shown as sender"),
    },
  }),

  "action.aws_sns_publish": moves("publishes a message to a topic when Terraform applies", {
    docs: actionPage("sns_publish"),
    attributes: {
      topic_arn: sends("sns.publish", "arn"),
    },
  }),

  ...lookups({ sns_topic: "a topic by name" }),
});
