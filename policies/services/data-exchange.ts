/** AWS Data Exchange. Data sets are kept here; granting or publishing them is not done by Terraform. */
import { harmless, holds, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/data-exchange/latest/userguide/${page}.html`;

const ASSET = "asset.create_s3_data_access_from_s3_bucket";

export default service("AWS Data Exchange", {
  aws_dataexchange_data_set: holds("a data set, of which revisions are published elsewhere", {
    docs: guide("data-sets"),
  }),
  aws_dataexchange_revision: inert("a revision of a data set", resourcePage("dataexchange_revision"), {
    data_set_id: uses("the data set"),
  }),
  aws_dataexchange_revision_assets: holds("objects of a revision, or a way for subscribers into a bucket", {
    docs: guide("publish-s3-data-access-product"),
    attributes: {
      data_set_id: uses("the data set"),
      "asset.import_assets_from_s3.asset_source.bucket": receives("where objects are copied from"),
      "asset.import_assets_from_signed_url.filename": harmless("a file of the machine that runs Terraform"),
      // Subscribers read the bucket itself once the data set is published; that is not in a configuration.
      [`${ASSET}.asset_source.bucket`]: receives("the bucket that a published revision lets subscribers read"),
      [`${ASSET}.asset_source.kms_keys_to_grant.kms_key_arn`]: uses("keys of that bucket"),
    },
  }),
  aws_dataexchange_event_action: moves("writes each new revision of a subscribed data set into a bucket", {
    docs: guide("subscriber-tutorial-export-revisions-automatically"),
    attributes: {
      "action.export_revision_to_s3.revision_destination.bucket": sends("dataexchange.export", "bucket", {
        why: "each revision is written there",
      }),
      "action.export_revision_to_s3.encryption.kms_key_arn": uses("the key that encrypts the objects"),
      "event.revision_published.data_set_id": uses("the data set"),
    },
  }),
});
