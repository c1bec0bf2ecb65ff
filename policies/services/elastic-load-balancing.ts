import { at, type Condition, carries, harmless, inert, receives, sends, service, uses } from "../flows/vocabulary";
import { read } from "./networks";
import { lookups, resourcePage } from "./pages";

const guide = (kind: string, page: string) =>
  `https://docs.aws.amazon.com/elasticloadbalancing/latest/${kind}/${page}.html`;

const logs = (block: string) => ({
  [`${block}.bucket`]: sends(`elb.${block.replaceAll("_", "-")}`, "bucket", {
    when: at(`${block}.enabled`, false).is(true),
  }),
});

const balancer = {
  docs: guide("userguide", "how-elastic-load-balancing-works"),
  attributes: {
    ...read("internal", "load_balancer_type", "subnets", "subnet_mapping", "security_groups", "ip_address_type"),
    ...read("customer_owned_ipv4_pool"),
    ...logs("access_logs"),
    ...logs("connection_logs"),
    ...logs("health_check_logs"),
    "ipam_pools.ipv4_ipam_pool_id": harmless("where the public addresses come from"),
    dns_record_client_routing_policy: harmless("which of its own addresses the balancer's name gives"),
  },
};

/** `#{host}` stands for the host of the request: the same again, or a name below it (`www.#{host}`). */
const elsewhere = (path: string): Condition => ({
  path,
  absent: "#{host}",
  test: (value) => typeof value !== "string" || !/(?:^|\.)#\{host\}$/.test(value),
  text: `${path} is another host`,
});

/** What listeners and their rules do with a request. */
const actions = (block: string) => ({
  [`${block}.target_group_arn`]: uses("the targets, which answer through the load balancer"),
  [`${block}.forward`]: uses("the targets, which answer through the load balancer"),
  [`${block}.redirect.host`]: sends("elb.redirect", "host", {
    when: elsewhere(`${block}.redirect.host`),
    why: "clients take their requests there",
  }),
  [`${block}.fixed_response`]: harmless("a text of the configuration's own"),
  [`${block}.authenticate_cognito.user_pool_arn`]: sends("elb.authenticate", "arn", { why: "clients log in there" }),
  [`${block}.authenticate_cognito`]: uses("a pool of users"),
  [`${block}.authenticate_oidc.authorization_endpoint`]: sends("elb.authenticate", "url", {
    why: "clients log in there",
  }),
  [`${block}.authenticate_oidc.token_endpoint`]: sends("elb.authenticate", "url", {
    why: "the load balancer calls it",
  }),
  [`${block}.authenticate_oidc.user_info_endpoint`]: sends("elb.authenticate", "url", {
    why: "the load balancer calls it",
  }),
  [`${block}.authenticate_oidc.issuer`]: harmless("a name that tokens must carry"),
  [`${block}.jwt_validation.jwks_endpoint`]: receives("public keys come from there"),
  [`${block}.jwt_validation.issuer`]: harmless("a name that tokens must carry"),
});

const certificate = uses("the certificate it shows");

const listener = {
  docs: guide("application", "load-balancer-listeners"),
  data: "load_balancer_arn",
  attributes: {
    load_balancer_arn: uses("the load balancer"),
    certificate_arn: certificate,
    ...actions("default_action"),
    alpn_policy: harmless("which protocols are spoken"),
    ssl_policy: harmless("which ciphers are used"),
    "mutual_authentication.trust_store_arn": uses("certificates of clients that are believed"),
    routing_http_response_access_control_allow_origin_header_value: harmless("a header of answers"),
    routing_http_response_content_security_policy_header_value: harmless("a header of answers"),
  },
};
const rule = {
  docs: guide("application", "listener-rules"),
  data: "listener_arn",
  attributes: {
    listener_arn: uses("the listener"),
    ...actions("action"),
    condition: harmless("which requests the rule is for"),
    transform: harmless("how host and path are rewritten before they go to the target"),
  },
};
const targetGroup = {
  docs: guide("application", "load-balancer-target-groups"),
  attributes: {
    ...read("vpc_id", "target_type", "ip_address_type"),
    health_check: harmless("how targets are asked whether they live"),
    preserve_client_ip: harmless("whether targets see the client's address"),
    target_group_health: harmless("how many targets must live"),
  },
};
const attachment = {
  docs: guide("application", "target-group-register-targets"),
  data: "target_group_arn",
  attributes: {
    ...read("target_group_arn", "target_id"),
    availability_zone: harmless("`all` for an address outside the VPC, which the network is asked about"),
  },
};
const ofBalancer = { load_balancer: uses("the load balancer") };
const ofNamed = { load_balancer_name: uses("the load balancer") };

export default service("Elastic Load Balancing", {
  aws_lb: carries("takes connections and leads them to targets", balancer),
  aws_alb: carries("takes connections and leads them to targets", balancer),
  aws_lb_listener: carries("what a load balancer listens to", listener),
  aws_alb_listener: carries("what a load balancer listens to", listener),
  aws_lb_listener_rule: carries("what becomes of some requests", rule),
  aws_alb_listener_rule: carries("what becomes of some requests", rule),
  aws_lb_listener_certificate: inert("a further certificate of a listener", resourcePage("lb_listener_certificate"), {
    listener_arn: uses("the listener"),
    certificate_arn: certificate,
  }),
  aws_alb_listener_certificate: inert("a further certificate of a listener", resourcePage("lb_listener_certificate"), {
    listener_arn: uses("the listener"),
    certificate_arn: certificate,
  }),
  aws_lb_target_group: carries("where a load balancer leads connections", targetGroup),
  aws_alb_target_group: carries("where a load balancer leads connections", targetGroup),
  aws_lb_target_group_attachment: carries("one target", attachment),
  aws_alb_target_group_attachment: carries("one target", attachment),
  aws_lb_trust_store: inert(
    "certificates of clients that are believed",
    guide("application", "mutual-authentication"),
    {
      ca_certificates_bundle_s3_bucket: receives("certificates come from there"),
    },
  ),
  aws_lb_trust_store_revocation: inert(
    "certificates of clients that are believed no more",
    guide("application", "mutual-authentication"),
    {
      revocations_s3_bucket: receives("certificates come from there"),
      trust_store_arn: uses("the certificates"),
    },
  ),

  aws_elb: carries("a classic load balancer", {
    docs: guide("classic", "introduction"),
    attributes: {
      ...read("internal", "subnets", "security_groups", "availability_zones"),
      "access_logs.bucket": sends("elb.access-logs", "bucket", { when: at("access_logs.enabled", true).is(true) }),
      instances: uses("the instances that answer"),
      "listener.ssl_certificate_id": certificate,
      "health_check.target": harmless("how instances are asked whether they live"),
      source_security_group: harmless("the group that instances see connections come from"),
    },
  }),
  aws_elb_attachment: inert("puts an instance behind a load balancer", resourcePage("elb_attachment"), {
    elb: uses("the load balancer"),
    instance: uses("the instance"),
  }),
  aws_app_cookie_stickiness_policy: inert(
    "keeps a client at one instance",
    resourcePage("app_cookie_stickiness_policy"),
    ofBalancer,
  ),
  aws_lb_cookie_stickiness_policy: inert(
    "keeps a client at one instance",
    resourcePage("lb_cookie_stickiness_policy"),
    ofBalancer,
  ),
  aws_lb_ssl_negotiation_policy: inert("which ciphers are used", resourcePage("lb_ssl_negotiation_policy"), ofBalancer),
  aws_load_balancer_backend_server_policy: inert(
    "how instances are authenticated",
    resourcePage("load_balancer_backend_server_policy"),
    ofNamed,
  ),
  aws_load_balancer_listener_policy: inert(
    "settings of a listener",
    resourcePage("load_balancer_listener_policy"),
    ofNamed,
  ),
  aws_load_balancer_policy: inert("settings of a classic load balancer", resourcePage("load_balancer_policy"), ofNamed),
  aws_proxy_protocol_policy: inert(
    "tells instances the client's address",
    resourcePage("proxy_protocol_policy"),
    ofBalancer,
  ),

  ...lookups({
    lb: "a load balancer",
    alb: "a load balancer",
    lbs: "load balancers",
    elb: "a classic load balancer",
    lb_listener: "a listener",
    alb_listener: "a listener",
    lb_listener_rule: "a rule of a listener",
    lb_target_group: "a target group",
    alb_target_group: "a target group",
    lb_trust_store: "certificates of clients",
    lb_hosted_zone_id: "an id that AWS publishes",
    elb_hosted_zone_id: "an id that AWS publishes",
    elb_service_account: "the account of AWS's that delivers access logs",
  }),
});
