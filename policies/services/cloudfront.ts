/** CloudFront: copies and answers at edge locations in all countries that AWS has them in. */
import {
  at,
  document,
  filters,
  grants,
  harmless,
  holds,
  inert,
  moves,
  opens,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { contentSecurityPolicy, customHeader } from "./documents/browser-reports";
import { alwaysPublic, worldwide } from "./nature";
import { actionPage, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/${page}.html`;

const KEPT = "CloudFront keeps settings in every edge location; they hold no payload";
const global = { placement: { global: KEPT } };
const setting = worldwide(KEPT);

/** What is said of every cache behaviour, the default one and the others. */
const behaviour = (path: string) => ({
  [`${path}.function_association.function_arn`]: uses("code that runs in the edge location where the request is"),
  [`${path}.lambda_function_association.lambda_arn`]: sends("cloudfront.lambda-at-edge", "arn", {
    why: "copies of the function handle requests in Regions near each viewer",
  }),
  [`${path}.realtime_log_config_arn`]: uses("the log configuration, which names its own stream"),
  [`${path}.target_origin_id`]: harmless("one of the distribution's own origins"),
  [`${path}.viewer_protocol_policy`]: harmless("HTTP or HTTPS"),
});

export default service("Amazon CloudFront", {
  // Price classes choose among worldwide edge locations, and every class has some outside Europe ("Choose the price
  // class"); geographic restrictions look at the viewer, not at the place of the cache.
  aws_cloudfront_distribution: holds("caches and serves content in edge locations worldwide", {
    docs: guide("PriceClass"),
    ...global,
    attributes: {
      enabled: opens("cloudfront.edge", at("enabled", true).isNot(false), {
        why: "content and requests are handled in edge locations worldwide, and anybody may ask for it",
      }),
      "origin.domain_name": sends("cloudfront.origin", "host", { why: "requests with their bodies go to the origin" }),
      "origin.custom_origin_config.origin_protocol_policy": harmless("HTTP or HTTPS"),
      "origin.origin_shield.origin_shield_region": sends("cloudfront.origin-shield", "region", {
        when: at("origin.origin_shield.enabled").is(true),
        why: "what is served is cached there",
      }),
      "logging_config.bucket": sends("cloudfront.logs", "host", { why: "access logs are written there" }),
      ...behaviour("default_cache_behavior"),
      ...behaviour("ordered_cache_behavior"),
      "restrictions.geo_restriction.locations": harmless("countries of viewers; edge locations elsewhere still cache"),
      "viewer_certificate.acm_certificate_arn": uses("the certificate shown to viewers"),
      anycast_ip_list_id: uses("addresses of the edge"),
      web_acl_id: uses("the web ACL that requests are checked against"),
      continuous_deployment_policy_id: uses("how requests are split with a staging distribution"),
    },
  }),

  // The origin makes what is private reachable from edge locations; which distribution uses it is not asked.
  aws_cloudfront_vpc_origin: moves("lets CloudFront fetch from a private load balancer or instance", {
    docs: guide("private-content-vpc-origins"),
    ...global,
    data: "vpc_origin_endpoint_config.arn",
    attributes: {
      "vpc_origin_endpoint_config.arn": uses("what content is fetched from"),
      "vpc_origin_endpoint_config.origin_protocol_policy": harmless("HTTP or HTTPS"),
    },
    also: alwaysPublic("cloudfront.vpc-origin", "what it serves is fetched by edge locations worldwide"),
  }),

  aws_cloudfrontkeyvaluestore_key: holds("a value that functions in edge locations read", {
    docs: guide("kvs-with-functions"),
    ...global,
    attributes: { key_value_store_arn: uses("the store that the value is put into") },
    also: alwaysPublic("cloudfront.key-value-store", "the value is copied to every edge location"),
  }),
  aws_cloudfrontkeyvaluestore_keys_exclusive: holds("all values of a store that functions in edge locations read", {
    docs: guide("kvs-with-functions"),
    ...global,
    attributes: {
      key_value_store_arn: uses("the store that the values are put into"),
      resource_key_value_pair: opens("cloudfront.key-value-store", at("resource_key_value_pair").isSet(), {
        why: "the values are copied to every edge location",
      }),
    },
  }),

  aws_cloudfront_realtime_log_config: moves("writes a record of each request into a stream", {
    docs: guide("real-time-logs"),
    ...global,
    attributes: {
      "endpoint.kinesis_stream_config.stream_arn": sends("cloudfront.realtime-logs", "arn"),
      "endpoint.kinesis_stream_config.role_arn": uses("the role that writes into the stream"),
    },
  }),

  aws_cloudfront_origin_access_identity: grants("an identity that bucket policies may name", {
    docs: guide("private-content-restricting-access-to-s3"),
    ...global,
  }),
  aws_cloudfront_origin_access_control: grants("signs requests to an origin; its policy says what they may read", {
    docs: guide("private-content-restricting-access-to-s3"),
    ...global,
  }),
  aws_cloudfront_key_group: filters("keys whose signatures viewers must show", {
    docs: guide("private-content-trusted-signers"),
    ...global,
  }),

  aws_cloudfront_cache_policy: setting(
    "what of a request names a cached copy",
    resourcePage("cloudfront_cache_policy"),
  ),
  aws_cloudfront_continuous_deployment_policy: setting(
    "how requests are split between two distributions",
    resourcePage("cloudfront_continuous_deployment_policy"),
    { "staging_distribution_dns_names.items": uses("the staging distribution") },
  ),
  aws_cloudfront_field_level_encryption_config: setting(
    "which profile encrypts fields of requests",
    resourcePage("cloudfront_field_level_encryption_config"),
  ),
  aws_cloudfront_field_level_encryption_profile: setting(
    "which fields are encrypted with which key",
    resourcePage("cloudfront_field_level_encryption_profile"),
  ),
  // The code is the owner's own; values that it looks up are in a store of their own.
  aws_cloudfront_function: setting("code that looks at requests", resourcePage("cloudfront_function"), {
    key_value_store_associations: uses("the store that the code reads"),
  }),
  aws_cloudfront_key_value_store: setting(
    "an empty store; its values are resources of their own",
    resourcePage("cloudfront_key_value_store"),
  ),
  aws_cloudfront_monitoring_subscription: setting(
    "whether more metrics are counted",
    resourcePage("cloudfront_monitoring_subscription"),
  ),
  aws_cloudfront_origin_request_policy: setting(
    "what of a request is passed on to the origin",
    resourcePage("cloudfront_origin_request_policy"),
  ),
  aws_cloudfront_public_key: setting("a public key", resourcePage("cloudfront_public_key")),
  aws_cloudfront_response_headers_policy: setting(
    "headers that are added to responses",
    resourcePage("cloudfront_response_headers_policy"),
    {
      "security_headers_config.content_security_policy.content_security_policy": document(contentSecurityPolicy),
      "security_headers_config.referrer_policy.referrer_policy": harmless(
        "tells browsers what to say of the last page",
      ),
      // Browsers, not AWS, send reports of blocked scripts there; such a report holds the page's address.
      "security_headers_config.xss_protection.report_uri": sends("cloudfront.browser-reports", "url", {
        why: "browsers report pages there",
      }),
      "custom_headers_config.items": document(customHeader),
      "cors_config.access_control_allow_origins.items": harmless("which pages a browser lets read the response"),
    },
  ),
  "action.aws_cloudfront_create_invalidation": inert("empties caches", actionPage("cloudfront_create_invalidation")),
});
