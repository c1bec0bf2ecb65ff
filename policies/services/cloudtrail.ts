import { grants, harmless, holds, moves, receives, sends, service, shares, uses } from "../flows/vocabulary";
import { isArn, lookups } from "./pages";

export default service("AWS CloudTrail", {
  aws_cloudtrail: moves("records API calls, on choice with their data, and delivers the records", {
    docs: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html",
    attributes: {
      s3_bucket_name: sends("cloudtrail.delivery", "bucket"),
      s3_key_prefix: harmless("the beginning of object names"),
      cloud_watch_logs_group_arn: sends("cloudtrail.logs", "arn"),
      cloud_watch_logs_role_arn: uses("the role that writes to the log group"),
      // A bare name is a topic of the trail's own account and Region.
      sns_topic_name: sends("cloudtrail.notification", "arn", { when: isArn("sns_topic_name") }),
      kms_key_id: uses("the key that encrypts the records"),
      "event_selector.data_resource.values": receives("things whose use is recorded"),
      "event_selector.exclude_management_event_sources": harmless("services whose calls are left out"),
      advanced_event_selector: receives("which events are recorded"),
      insight_selector: harmless("which unusual activity is looked for"),
    },
  }),

  // Events of other Regions and accounts are brought in.
  aws_cloudtrail_event_data_store: holds(
    "keeps events of this Region, all Regions or all accounts, in its own Region",
    {
      docs: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store.html",
      attributes: {
        kms_key_id: uses("the key that encrypts events"),
        advanced_event_selector: receives("which events are kept"),
      },
    },
  ),

  aws_cloudtrail_organization_delegated_admin_account: grants(
    "lets an account manage the organization's trails and event data stores",
    {
      docs: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html",
      placement: { global: "a fact about the organization" },
      attributes: { account_id: shares("cloudtrail.delegated-admin", "account") },
    },
  ),

  ...lookups({ cloudtrail_service_account: "the account id by which CloudTrail once wrote to buckets" }),
});
