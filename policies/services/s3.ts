/** Buckets, what is configured on them, and the objects that Terraform itself puts into them. */

import type { Resource } from "../configuration/resource";
import type { Context } from "../flows/context";
import {
  at,
  filters,
  grants,
  harmless,
  holds,
  identity,
  inert,
  moves,
  opens,
  policy,
  receives,
  sends,
  service,
  stands,
  uses,
} from "../flows/vocabulary";
import { actionPage, dataPage, lookups, resourcePage } from "./pages";
import { cannedAcl, grantsOf } from "./s3-acl";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;

/** What resources that configure a bucket have: the bucket, and perhaps a check of who owns it. */
const configured = { bucket: uses("the bucket that is configured") };
const checked = {
  ...configured,
  expected_bucket_owner: harmless("the call fails unless this account owns the bucket; it grants nothing"),
};

/** Block Public Access: policies and access control lists are judged under it. */
const publicAccess = (prefix: string) => ({
  [`${prefix}block_public_policy`]: identity,
  [`${prefix}restrict_public_buckets`]: identity,
});

const translated = harmless("makes the destination's owner the owner of the copies; judged with the destination");

/**
 * "Data that arrives at the edge location is routed to S3": requests to the accelerated endpoint enter and answers
 * leave through whichever of CloudFront's edge locations is nearest to the caller, anywhere in the world.
 */
const accelerated = (path: string) =>
  opens("s3.transfer-acceleration", at(path).is("Enabled"), {
    why: "objects pass through edge locations all over the world",
  });

const objectAttributes = {
  bucket: sends("s3.upload", "bucket", { why: "Terraform puts the object there" }),
  content: harmless("the object's own bytes"),
  content_base64: harmless("the object's own bytes"),
  source: receives("a file of the machine that runs Terraform"),
  kms_key_id: uses("the key that encrypts the object"),
  metadata: harmless("free text kept with the object"),
  website_redirect: harmless("the website endpoint tells the client another address; no data of the bucket goes there"),
};

/** The grants of an `aws_s3_bucket` (deprecated inline form) and of an object copy. */
const inlineGrants = { grants: "grant", permission: "permissions", uri: "uri", id: "id", email: "email" };

export default service("Amazon S3", {
  aws_s3_bucket: holds("a bucket of objects, in one region", {
    docs: resourcePage("s3_bucket"),
    attributes: {
      bucket: harmless("its own name"),
      bucket_prefix: harmless("the beginning of its own name"),
      policy: policy("s3.bucket-policy"),
      acceleration_status: accelerated("acceleration_status"),
      "grant.uri": harmless("read as a grant, below"),
      "grant.id": harmless("read as a grant, below"),
      acl: harmless("read as an access control list, below"),
      "cors_rule.allowed_origins": harmless(
        "tells browsers which pages may ask; it lets nobody read who may not already",
      ),
      "logging.target_bucket": sends("s3.access-logs", "bucket", {
        why: "access logs hold requesters, keys and queries",
      }),
      "replication_configuration.role": uses("the role that S3 assumes to copy"),
      "replication_configuration.rules.destination.bucket": sends("s3.replication", "bucket-arn", {
        when: at("replication_configuration.rules.status", "Enabled").is("Enabled"),
        account: "replication_configuration.rules.destination.account_id",
        why: "each new object is copied there",
      }),
      "replication_configuration.rules.destination.account_id": uses("whose the destination is; judged with it"),
      "replication_configuration.rules.destination.access_control_translation.owner": translated,
      "replication_configuration.rules.destination.replica_kms_key_id": uses("the key that encrypts the copies"),
      "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id": uses(
        "the key that encrypts objects",
      ),
      "website.redirect_all_requests_to": harmless("the website endpoint tells the client another address"),
      "website.routing_rules": harmless("the website endpoint tells the client another address"),
      "website.error_document": harmless("serves only objects that everybody may read already"),
      "website.index_document": harmless("serves only objects that everybody may read already"),
      request_payer: harmless("who pays; it lets nobody read"),
    },
    also: function* (bucket: Resource, context: Context) {
      yield* cannedAcl(bucket, context, "acl");
      yield* grantsOf(bucket, context, inlineGrants);
    },
  }),

  aws_s3_bucket_acl: grants("lets parties read or write a bucket by an access control list", {
    docs: guide("acl-overview"),
    data: "bucket",
    attributes: {
      ...checked,
      acl: harmless("read as an access control list, below"),
      "access_control_policy.grant.grantee.uri": harmless("read as a grant, below"),
      "access_control_policy.grant.grantee.id": harmless("read as a grant, below"),
      "access_control_policy.grant.grantee.email_address": harmless("read as a grant, below"),
      "access_control_policy.owner.id": harmless("the owner of the bucket, which S3 does not let be changed here"),
    },
    also: function* (list: Resource, context: Context) {
      yield* cannedAcl(list, context, "acl");
      yield* grantsOf(list, context, {
        grants: "access_control_policy.grant",
        permission: "permission",
        uri: "grantee.uri",
        id: "grantee.id",
        email: "grantee.email_address",
        owner: "access_control_policy.owner.id",
      });
    },
  }),

  aws_s3_bucket_policy: grants("lets principals read or write a bucket by a policy", {
    docs: guide("bucket-policies"),
    data: "bucket",
    attributes: { ...configured, policy: policy("s3.bucket-policy") },
  }),

  aws_s3_bucket_public_access_block: filters("stops public access to a bucket, whatever its policy and lists say", {
    docs: guide("access-control-block-public-access"),
    data: "bucket",
    attributes: { ...configured, ...publicAccess("") },
  }),
  aws_s3_account_public_access_block: filters("stops public access to all buckets of an account", {
    docs: guide("access-control-block-public-access"),
    placement: { global: "a setting of the account, which holds in every region" },
    attributes: { account_id: uses("the account that is configured"), ...publicAccess("") },
  }),
  aws_s3_bucket_ownership_controls: filters("switches access control lists of a bucket off", {
    docs: guide("about-object-ownership"),
    data: "bucket",
    attributes: configured,
  }),

  aws_s3_bucket_replication_configuration: moves("copies each new object of a bucket to other buckets", {
    docs: guide("replication"),
    data: "bucket",
    attributes: {
      ...configured,
      role: uses("the role that S3 assumes to copy"),
      token: harmless("allows replication to be set on a bucket with Object Lock"),
      "rule.destination.bucket": sends("s3.replication", "bucket-arn", {
        when: at("rule.status", "Enabled").is("Enabled"),
        account: "rule.destination.account",
        why: "each new object is copied there",
      }),
      "rule.destination.account": uses("whose the destination is; judged with it"),
      "rule.destination.access_control_translation.owner": translated,
      "rule.destination.encryption_configuration.replica_kms_key_id": uses("the key that encrypts the copies"),
    },
  }),

  aws_s3_bucket_accelerate_configuration: moves("lets requests to a bucket enter at edge locations", {
    docs: guide("transfer-acceleration"),
    data: "bucket",
    attributes: { ...checked, status: accelerated("status") },
  }),

  aws_s3_bucket_inventory: moves("writes lists of a bucket's objects to a bucket", {
    docs: guide("storage-inventory"),
    data: "bucket",
    attributes: {
      ...configured,
      "destination.bucket.bucket_arn": sends("s3.inventory", "bucket-arn", {
        when: at("enabled", true).is(true),
        account: "destination.bucket.account_id",
        why: "lists of all keys are written there",
      }),
      "destination.bucket.account_id": uses("whose the destination is; judged with it"),
      "destination.bucket.encryption.sse_kms.key_id": uses("the key that encrypts the lists"),
    },
  }),
  aws_s3_bucket_analytics_configuration: moves("writes analyses of how a bucket is used to a bucket", {
    docs: guide("analytics-storage-class"),
    data: "bucket",
    attributes: {
      ...configured,
      "storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_arn": sends(
        "s3.analytics",
        "bucket-arn",
        {
          account: "storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_account_id",
          why: "usage by prefix and tag is written there every day",
        },
      ),
      "storage_class_analysis.data_export.destination.s3_bucket_destination.bucket_account_id": uses(
        "whose the destination is; judged with it",
      ),
    },
  }),
  aws_s3_bucket_logging: moves("writes a bucket's access logs to a bucket", {
    docs: guide("ServerLogs"),
    data: "bucket",
    attributes: {
      ...checked,
      target_bucket: sends("s3.access-logs", "bucket", { why: "access logs hold requesters, keys and queries" }),
      "target_grant.grantee.uri": harmless("read as a grant, below"),
      "target_grant.grantee.id": harmless("read as a grant, below"),
      "target_grant.grantee.email_address": harmless("read as a grant, below"),
    },
    also: (logging: Resource, context: Context) =>
      grantsOf(logging, context, {
        grants: "target_grant",
        bucket: "target_bucket",
        permission: "permission",
        uri: "grantee.uri",
        id: "grantee.id",
        email: "grantee.email_address",
      }),
  }),
  aws_s3_bucket_notification: moves("tells functions, queues and topics about objects, with their keys", {
    docs: guide("EventNotifications"),
    data: "bucket",
    attributes: {
      ...configured,
      "lambda_function.lambda_function_arn": sends("s3.notification", "arn"),
      "queue.queue_arn": sends("s3.notification", "arn"),
      "topic.topic_arn": sends("s3.notification", "arn"),
      eventbridge: harmless(
        "goes to the default event bus of the same account and region; its rules are judged themselves",
      ),
    },
  }),
  aws_s3_bucket_metadata_configuration: moves(
    "keeps tables of metadata in a table bucket of AWS in the same account and region",
    {
      docs: guide("metadata-tables-overview"),
      data: "bucket",
      attributes: {
        ...checked,
        "metadata_configuration.inventory_table_configuration.encryption_configuration.kms_key_arn":
          uses("encrypts the table"),
        "metadata_configuration.journal_table_configuration.encryption_configuration.kms_key_arn":
          uses("encrypts the table"),
      },
    },
  ),

  aws_s3_bucket_abac: inert(
    "switches tag-based conditions in policies on; the policies are judged",
    resourcePage("s3_bucket_abac"),
    checked,
  ),
  aws_s3_bucket_cors_configuration: inert(
    "tells browsers which pages may ask; it lets nobody read who may not already",
    guide("cors"),
    { ...checked, "cors_rule.allowed_origins": harmless("origins of pages, not places of data") },
  ),
  aws_s3_bucket_intelligent_tiering_configuration: inert(
    "moves objects between storage classes of the same region",
    guide("intelligent-tiering"),
    configured,
  ),
  aws_s3_bucket_lifecycle_configuration: inert(
    "deletes objects or moves them between storage classes of the same region",
    guide("object-lifecycle-mgmt"),
    checked,
  ),
  aws_s3_bucket_metric: inert(
    "request metrics in CloudWatch of the same account and region",
    guide("metrics-configurations"),
    {
      ...configured,
      "filter.access_point": harmless("which requests are counted"),
    },
  ),
  aws_s3_bucket_object_lock_configuration: inert("keeps objects from being deleted", guide("object-lock"), checked),
  aws_s3_bucket_request_payment_configuration: inert(
    "who pays for requests; it lets nobody read who may not already",
    guide("RequesterPaysBuckets"),
    checked,
  ),
  aws_s3_bucket_server_side_encryption_configuration: inert("encrypts objects at rest", guide("bucket-encryption"), {
    ...checked,
    "rule.apply_server_side_encryption_by_default.kms_master_key_id": uses("the key that encrypts objects"),
  }),
  aws_s3_bucket_versioning: inert("keeps old versions in the same bucket", guide("Versioning"), checked),
  aws_s3_bucket_website_configuration: inert(
    "a website endpoint serves only objects that everybody may read already; redirects tell the client another address",
    guide("WebsiteHosting"),
    {
      ...checked,
      "redirect_all_requests_to.host_name": harmless("an address told to the client; no data of the bucket goes there"),
      "routing_rule.redirect.host_name": harmless("an address told to the client; no data of the bucket goes there"),
      routing_rules: harmless("addresses told to the client; no data of the bucket goes there"),
    },
  ),

  aws_s3_directory_bucket: holds("a bucket of objects in one availability zone or local zone", {
    docs: guide("directory-buckets-overview"),
    attributes: {
      bucket: harmless("its own name; the zone in it must be that of location.name"),
      "location.name": stands("zone"),
    },
  }),

  aws_s3_object: moves("puts an object into a bucket", {
    docs: resourcePage("s3_object"),
    attributes: { ...objectAttributes, acl: harmless("read as an access control list, below") },
    also: (object: Resource, context: Context) => cannedAcl(object, context, "acl"),
  }),
  aws_s3_bucket_object: moves("puts an object into a bucket (deprecated form)", {
    docs: resourcePage("s3_bucket_object"),
    attributes: { ...objectAttributes, acl: harmless("read as an access control list, below") },
    also: (object: Resource, context: Context) => cannedAcl(object, context, "acl"),
  }),
  aws_s3_object_copy: moves("copies an object from a bucket to a bucket", {
    docs: resourcePage("s3_object_copy"),
    attributes: {
      bucket: objectAttributes.bucket,
      source: receives("bucket and key of the object that is copied"),
      acl: harmless("read as an access control list, below"),
      "grant.uri": harmless("read as a grant, below"),
      "grant.id": harmless("read as a grant, below"),
      "grant.email": harmless("read as a grant, below"),
      kms_key_id: uses("the key that encrypts the object"),
      kms_encryption_context: harmless("free text that is bound to the encryption"),
      metadata: objectAttributes.metadata,
      website_redirect: objectAttributes.website_redirect,
      expected_bucket_owner: checked.expected_bucket_owner,
      expected_source_bucket_owner: checked.expected_bucket_owner,
    },
    also: function* (copy: Resource, context: Context) {
      yield* cannedAcl(copy, context, "acl");
      yield* grantsOf(copy, context, inlineGrants);
    },
  }),

  aws_s3_access_point: grants("a second name of a bucket, with a policy of its own", {
    docs: guide("access-points"),
    data: "bucket",
    attributes: {
      bucket: uses("the bucket it is a name of"),
      name: harmless("its own name"),
      policy: policy("s3.access-point-policy"),
      account_id: uses("the account that the access point is made in"),
      bucket_account_id: sends("s3.access-point", "account", {
        why: "what is put through the access point comes into this account's bucket",
      }),
      ...publicAccess("public_access_block_configuration."),
      "vpc_configuration.vpc_id": uses("requests are taken only from this VPC; access still needs the policies"),
    },
  }),

  "data.aws_s3_object": moves("reads an object", {
    docs: dataPage("s3_object"),
    attributes: { bucket: receives("where the object is read"), key: harmless("the object's own key") },
  }),
  "data.aws_s3_bucket_object": moves("reads an object (deprecated form)", {
    docs: dataPage("s3_bucket_object"),
    attributes: { bucket: receives("where the object is read"), key: harmless("the object's own key") },
  }),
  "action.aws_s3_empty_bucket": inert("deletes the objects of a bucket", actionPage("s3_empty_bucket"), {
    bucket_name: uses("the bucket that is emptied"),
  }),
  ...lookups({
    s3_access_point: "an access point",
    s3_account_public_access_block: "the account's setting",
    s3_bucket: "a bucket",
    s3_bucket_objects: "the keys of a bucket (deprecated form)",
    s3_bucket_policy: "the policy of a bucket",
    s3_directory_buckets: "the names of directory buckets",
    s3_objects: "the keys of a bucket",
    canonical_user_id: "the account's own canonical id",
  }),
});
