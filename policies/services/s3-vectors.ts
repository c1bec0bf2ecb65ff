/** Vector buckets. */
import { grants, harmless, holds, policy, service, uses } from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;

export default service("Amazon S3 Vectors", {
  aws_s3vectors_vector_bucket: holds("a bucket of vectors", {
    docs: guide("s3-vectors-buckets"),
    attributes: {
      vector_bucket_name: harmless("its own name"),
      "encryption_configuration.kms_key_arn": uses("the key that encrypts the vectors"),
    },
  }),
  aws_s3vectors_index: holds("an index of vectors, in a bucket of the same account and region", {
    docs: guide("s3-vectors-indexes"),
    attributes: { vector_bucket_name: uses("the bucket that it is in") },
  }),
  aws_s3vectors_vector_bucket_policy: grants("says who may read a bucket of vectors", {
    docs: guide("s3-vectors-access-management"),
    data: "vector_bucket_arn",
    attributes: { vector_bucket_arn: uses("the bucket that the policy is on"), policy: policy("s3vectors.policy") },
  }),
});
