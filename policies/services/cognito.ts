/** Users of applications, how they sign in, and what AWS credentials they get. */
import {
  at,
  document,
  grants,
  harmless,
  holds,
  identity,
  inert,
  moves,
  opens,
  receives,
  sends,
  service,
  uses,
} from "../flows/vocabulary";
import { callbackUrls } from "./documents/callback-urls";
import { ephemeralPage, lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/cognito/latest/developerguide/${page}.html`;

/** "Regional data considerations": an SES identity of another Region takes the mail through that Region. */
const email = sends("cognito.email", "arn", { why: "mail to users goes through this identity's Region" });
const trigger = sends("cognito.trigger", "arn", { why: "the function gets the user's attributes" });
const pool = { user_pool_id: uses("the user pool") };

const client = {
  ...pool,
  callback_urls: document(callbackUrls),
  default_redirect_uri: document(callbackUrls),
  logout_urls: harmless("browsers are sent there without anything about the user"),
  "analytics_configuration.application_arn": sends("cognito.analytics", "arn", {
    why: "sign-ins, and what is known of users, are reported to this project",
  }),
  // "In Regions where Amazon Pinpoint isn't available, user pools only support sending events to projects in us-east-1",
  // and "the event data is routed to the US East (N. Virginia) Region": AnalyticsConfigurationType, and same page as above.
  "analytics_configuration.application_id": opens(
    "cognito.analytics",
    at("analytics_configuration.application_id").isSet(),
    { why: "Amazon Cognito routes the events of analytics to us-east-1" },
  ),
  "analytics_configuration.role_arn": uses("the role that reports"),
};

const note = (kind: string) => ({
  [`account_takeover_risk_configuration.notify_configuration.${kind}.html_body`]:
    harmless("text of a mail to the user"),
  [`account_takeover_risk_configuration.notify_configuration.${kind}.text_body`]:
    harmless("text of a mail to the user"),
  [`account_takeover_risk_configuration.notify_configuration.${kind}.subject`]: harmless("text of a mail to the user"),
});

export default service("Amazon Cognito", {
  aws_cognito_user_pool: holds("users with their attributes, in one Region", {
    docs: guide("cognito-regional-data-considerations"),
    attributes: {
      "email_configuration.source_arn": email,
      "email_configuration.email_sending_account": harmless("whether mail goes through the owner's SES"),
      "email_configuration.from_email_address": harmless("the sender that users see"),
      "email_configuration.reply_to_email_address": harmless("where users may answer to by themselves"),
      "email_configuration.configuration_set": uses("the SES configuration set, which is judged itself"),
      "sms_configuration.sns_region": sends("cognito.sms", "region", {
        why: "messages to users' phones go through this Region",
      }),
      "sms_configuration.sns_caller_arn": uses("the role that sends messages to users' phones"),
      "lambda_config.create_auth_challenge": trigger,
      "lambda_config.custom_message": trigger,
      "lambda_config.define_auth_challenge": trigger,
      "lambda_config.post_authentication": trigger,
      "lambda_config.post_confirmation": trigger,
      "lambda_config.pre_authentication": trigger,
      "lambda_config.pre_sign_up": trigger,
      "lambda_config.pre_token_generation": trigger,
      "lambda_config.user_migration": trigger,
      "lambda_config.verify_auth_challenge_response": trigger,
      "lambda_config.pre_token_generation_config.lambda_arn": trigger,
      "lambda_config.custom_email_sender.lambda_arn": trigger,
      "lambda_config.custom_sms_sender.lambda_arn": trigger,
      "lambda_config.kms_key_id": uses("the key that encrypts codes for the sender functions"),
      "admin_create_user_config.invite_message_template": harmless("text of messages to users"),
      email_verification_message: harmless("text of messages to users"),
      email_verification_subject: harmless("text of messages to users"),
      verification_message_template: harmless("text of messages to users"),
    },
  }),
  aws_cognito_user_pool_client: grants("an application that users sign in to", {
    docs: guide("user-pool-settings-client-apps"),
    data: "user_pool_id",
    attributes: client,
  }),
  aws_cognito_managed_user_pool_client: grants("an application that users sign in to, which another service made", {
    docs: resourcePage("cognito_managed_user_pool_client"),
    data: "user_pool_id",
    attributes: client,
  }),
  // "Your custom domain … Amazon Cognito creates a CloudFront distribution": sign-in passes edge locations everywhere.
  aws_cognito_user_pool_domain: grants("an address of the sign-in pages", {
    docs: guide("cognito-user-pools-add-custom-domain"),
    data: "user_pool_id",
    attributes: {
      ...pool,
      domain: harmless("its own name"),
      certificate_arn: opens("cognito.custom-domain", at("certificate_arn").isSet(), {
        why: "a custom domain is served by CloudFront, from edge locations all over the world",
      }),
    },
  }),
  aws_cognito_identity_provider: grants("lets users sign in with another provider", {
    docs: guide("cognito-user-pools-identity-federation"),
    data: "user_pool_id",
    attributes: { ...pool, provider_details: receives("who the user is comes from there") },
  }),
  aws_cognito_log_delivery_configuration: moves("delivers what users and the pool did", {
    docs: guide("exporting-quotas-and-usage"),
    data: "user_pool_id",
    attributes: {
      ...pool,
      "log_configurations.cloud_watch_logs_configuration.log_group_arn": sends("cognito.logs", "arn"),
      "log_configurations.firehose_configuration.stream_arn": sends("cognito.logs", "arn"),
      "log_configurations.s3_configuration.bucket_arn": sends("cognito.logs", "bucket-arn"),
    },
  }),
  aws_cognito_risk_configuration: moves("tells users about suspicious sign-ins", {
    docs: guide("cognito-user-pool-settings-adaptive-authentication"),
    data: "user_pool_id",
    attributes: {
      ...pool,
      "account_takeover_risk_configuration.notify_configuration.source_arn": email,
      "account_takeover_risk_configuration.notify_configuration.from": harmless("the sender that users see"),
      "account_takeover_risk_configuration.notify_configuration.reply_to": harmless("where users may answer to"),
      ...note("block_email"),
      ...note("mfa_email"),
      ...note("no_action_email"),
      "risk_exception_configuration.blocked_ip_range_list": harmless("addresses that cannot sign in"),
      "risk_exception_configuration.skipped_ip_range_list": harmless("addresses that are not looked at"),
    },
  }),
  aws_cognito_user: moves("puts a user into a pool", {
    docs: resourcePage("cognito_user"),
    data: "user_pool_id",
    attributes: { ...pool, attributes: harmless("kept with the user") },
  }),
  aws_cognito_user_group: grants("a group of users; its role is the one an identity pool may give them", {
    docs: guide("cognito-user-pools-user-groups"),
    data: "user_pool_id",
    attributes: { ...pool, role_arn: identity },
  }),
  aws_cognito_user_in_group: inert("puts a user into a group", resourcePage("cognito_user_in_group"), pool),
  aws_cognito_resource_server: inert(
    "names of rights in an application's own terms",
    guide("cognito-user-pools-define-resource-servers"),
    {
      ...pool,
      identifier: harmless("a name, often written as a URL"),
    },
  ),
  aws_cognito_managed_login_branding: inert(
    "how the sign-in pages look",
    resourcePage("cognito_managed_login_branding"),
    {
      ...pool,
      settings: harmless("colours and texts"),
      asset: harmless("pictures"),
    },
  ),
  aws_cognito_user_pool_ui_customization: inert(
    "how the sign-in pages look",
    resourcePage("cognito_user_pool_ui_customization"),
    pool,
  ),

  aws_cognito_identity_pool: grants("gives AWS credentials to guests and to users who have signed in", {
    docs: guide("identity-pools"),
    attributes: {
      allow_unauthenticated_identities: identity,
      allow_classic_flow: identity,
      cognito_identity_providers: identity,
      openid_connect_provider_arns: identity,
      saml_provider_arns: identity,
      supported_login_providers: identity,
      developer_provider_name: identity,
    },
  }),
  aws_cognito_identity_pool_roles_attachment: grants("which roles an identity pool gives", {
    docs: guide("role-based-access-control"),
    attributes: {
      identity_pool_id: identity,
      roles: identity,
      role_mapping: identity,
      "role_mapping.mapping_rule.role_arn": identity,
    },
  }),
  aws_cognito_identity_pool_provider_principal_tag: inert(
    "which claims of users become tags of their sessions",
    guide("using-attributes-for-access-control"),
    { identity_pool_id: uses("the identity pool"), identity_provider_name: uses("where users sign in") },
  ),

  "ephemeral.aws_cognito_identity_openid_token_for_developer_identity": inert(
    "makes a token for an identity of a pool; what it opens, the pool says",
    ephemeralPage("cognito_identity_openid_token_for_developer_identity"),
    { identity_pool_id: uses("the pool; judged itself"), logins: harmless("who the identity is") },
  ),
  ...lookups({
    cognito_identity_pool: "an identity pool",
    cognito_user_group: "a group",
    cognito_user_groups: "groups",
    cognito_user_pool: "a user pool",
    cognito_user_pool_client: "an application",
    cognito_user_pool_clients: "applications",
    cognito_user_pool_signing_certificate: "a public certificate",
    cognito_user_pools: "user pools",
  }),
});
