/** Buckets that stand on an Outpost. Metadata of their management stays in the Outpost's home region. */
import { grants, harmless, holds, inert, network, places, policy, service, stands, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonS3/latest/s3-outposts/${page}.html`;

const bucket = { bucket: uses("the bucket that it is about") };

export default service("Amazon S3 on Outposts", {
  aws_s3control_bucket: holds("a bucket on an Outpost", {
    docs: guide("S3onOutposts"),
    attributes: { bucket: harmless("its own name"), outpost_id: stands("outpost") },
  }),
  aws_s3control_bucket_policy: grants("says who may read a bucket on an Outpost", {
    docs: guide("S3OutpostsBucketPolicy"),
    data: "bucket",
    attributes: { ...bucket, policy: policy("s3-outposts.bucket-policy") },
  }),
  aws_s3control_bucket_lifecycle_configuration: inert(
    "deletes objects on an Outpost",
    resourcePage("s3control_bucket_lifecycle_configuration"),
    bucket,
  ),
  aws_s3outposts_endpoint: places(
    "the way to an Outpost's buckets from a subnet, or from the network beside the Outpost",
    {
      docs: guide("S3OutpostsEndpoints"),
      attributes: {
        outpost_id: stands("outpost"),
        subnet_id: network,
        security_group_id: network,
        customer_owned_ipv4_pool: uses("addresses of the network beside the Outpost; requests still need the policies"),
      },
    },
  ),
});
