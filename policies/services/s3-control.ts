/** What Amazon S3 keeps per account: access grants, access points of other kinds, Storage Lens. */
import { attribute, type Resource } from "../configuration/resource";
import { find, isUnknown, Unknown, type Value } from "../configuration/value";
import {
  at,
  type Finding,
  grants,
  harmless,
  identity,
  inert,
  moves,
  places,
  policy,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { party, statement } from "./documents/statement";
import { lookups } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;

const account = { account_id: uses("the account that the call is made for") };

/**
 * A grant as the statement that it amounts to: its grantee asks for credentials that read, or only write, at the prefix
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-cross-accounts.html). A grantee of type
 * DIRECTORY_USER or DIRECTORY_GROUP is an id of the account's own directory.
 */
function granted(grant: Resource): Value {
  const [type = null] = find(grant.values, "grantee.grantee_type").map(({ value }) => value);
  const own = type === "DIRECTORY_USER" || type === "DIRECTORY_GROUP";
  if (own || attribute(grant, "permission") === "WRITE") return null;
  const [principal = null] = find(grant.values, "grantee.grantee_identifier").map(({ value }) => value);
  const unsure = [type, attribute(grant, "permission")].find(isUnknown);
  return statement({ principal: party(principal), actions: unsure ? new Unknown(unsure.why) : "s3:GetDataAccess" });
}

/** "Routes requests over the AWS global network with AWS Global Accelerator": through whichever edge is nearest to the caller. */
function* globalEndpoint(accessPoint: Resource): Generator<Finding> {
  yield {
    finding: "flow",
    channel: "s3.multi-region-access-point",
    attribute: "details",
    to: { to: "internet" },
    why: `${accessPoint.address} is a global endpoint: requests and answers pass through edge locations all over the world`,
  };
}

const EXPORT = "storage_lens_configuration.data_export.s3_bucket_destination";

export default service("Amazon S3 Control", {
  aws_s3control_access_grants_instance: places(
    "the account's access grants, perhaps joined to its directory of users",
    {
      docs: guide("access-grants-instance"),
      attributes: { ...account, identity_center_arn: uses("the directory that users and groups are named in") },
    },
  ),
  aws_s3control_access_grants_location: places("buckets and prefixes that grants can be given on", {
    docs: guide("access-grants-location"),
    attributes: {
      ...account,
      iam_role_arn: uses("the role whose credentials a grantee gets, narrowed to the grant"),
      location_scope: harmless("which buckets grants can be given on; each grant is judged"),
    },
  }),
  aws_s3control_access_grant: grants("lets a principal, or a user or group of the directory, at a prefix", {
    docs: guide("access-grants-grant"),
    data: "access_grants_location_id",
    policy: { channel: "s3.access-grant", attribute: "grantee", document: granted },
    attributes: {
      ...account,
      access_grants_location_id: uses("where the grant is given"),
      "access_grants_location_configuration.s3_sub_prefix": harmless("a prefix"),
      "grantee.grantee_identifier": identity,
    },
  }),
  aws_s3control_access_grants_instance_resource_policy: grants(
    "says which accounts may ask for the grants' credentials",
    {
      docs: guide("access-grants-cross-accounts"),
      attributes: { ...account, policy: policy("s3.access-grants-policy") },
    },
  ),

  aws_s3control_access_point_policy: grants("says who may use an access point", {
    docs: guide("access-points-policies"),
    data: "access_point_arn",
    attributes: {
      access_point_arn: uses("the access point that the policy is on"),
      policy: policy("s3.access-point-policy"),
    },
  }),
  aws_s3control_directory_bucket_access_point_scope: inert(
    "narrows what an access point of a directory bucket lets do",
    guide("access-points-directory-buckets-manage-scope"),
    { ...account, "scope.prefixes": harmless("prefixes") },
  ),
  aws_s3control_multi_region_access_point: moves("a global endpoint in front of buckets of several regions", {
    docs: guide("MultiRegionAccessPoints"),
    placement: {
      global: "Multi-Region Access Points are controlled from us-west-2; their buckets stand where they stand",
    },
    attributes: {
      ...account,
      "details.region.bucket": sends("s3.multi-region-access-point", "bucket", {
        account: "details.region.bucket_account_id",
        why: "an object put to the endpoint goes to whichever bucket is nearest",
      }),
      "details.public_access_block": harmless("a switch under which its policy is judged"),
      "details.region.bucket_account_id": uses("whose the bucket is; judged with it"),
    },
    also: globalEndpoint,
  }),
  aws_s3control_multi_region_access_point_policy: grants("says who may use a Multi-Region Access Point", {
    docs: guide("MultiRegionAccessPointPermissions"),
    placement: {
      global: "Multi-Region Access Points are controlled from us-west-2; their buckets stand where they stand",
    },
    attributes: { ...account, "details.policy": policy("s3.multi-region-access-point-policy") },
  }),
  aws_s3control_object_lambda_access_point: moves("has a function change objects as they are read", {
    docs: guide("transforming-objects"),
    data: "configuration.supporting_access_point",
    attributes: {
      ...account,
      "configuration.supporting_access_point": uses("the access point that objects are read through"),
      "configuration.transformation_configuration.content_transformation.aws_lambda.function_arn": sends(
        "s3.object-lambda",
        "arn",
        { why: "the function gets each object that is read" },
      ),
      "configuration.transformation_configuration.content_transformation.aws_lambda.function_payload": harmless(
        "text that the function gets with each request",
      ),
    },
  }),
  aws_s3control_object_lambda_access_point_policy: grants("says who may read through an Object Lambda access point", {
    docs: guide("olap-policies"),
    data: "name",
    attributes: { ...account, policy: policy("s3.object-lambda-policy") },
  }),
  aws_s3control_storage_lens_configuration: moves("measures buckets and writes the figures into a bucket", {
    docs: guide("storage_lens_view_metrics_export"),
    attributes: {
      ...account,
      [`${EXPORT}.arn`]: sends("s3.storage-lens", "bucket-arn", {
        when: at("storage_lens_configuration.enabled", true).is(true),
        account: `${EXPORT}.account_id`,
        why: "names of buckets and prefixes are written there every day",
      }),
      [`${EXPORT}.account_id`]: uses("whose the bucket is; judged with it"),
      [`${EXPORT}.encryption.sse_kms.key_id`]: uses("the key that encrypts the export"),
      "storage_lens_configuration.aws_org.arn": uses("the organization whose buckets are measured"),
      "storage_lens_configuration.exclude": harmless("which buckets are not measured"),
      "storage_lens_configuration.include": harmless("which buckets are measured"),
    },
  }),
  ...lookups({ s3control_multi_region_access_point: "a Multi-Region Access Point" }),
});
