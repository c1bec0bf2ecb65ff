import { isObject, isUnknown } from "../configuration/value";
import {
  type DocumentReader,
  document,
  grants,
  harmless,
  holds,
  inert,
  moves,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { parameterBlock } from "./documents/arn-values";
import { bucketOf, bucketRole } from "./documents/s3-uri";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/datazone/latest/userguide/${page}.html`;
const domain = { domain_identifier: uses("the domain it belongs to") };
const there = (why: string) => sends("datazone.environment", "region", { why });
const account = shares("datazone.environment", "account", { why: "the environment is made in that account" });

/** Settings by Region: a map of Region codes to maps of parameters, of which `S3Location` names a place in a bucket. */
const regionalParameters: DocumentReader = function* (parameters) {
  if (isUnknown(parameters)) yield { at: "", value: parameters, role: sends("datazone.blueprint", "region") };
  if (!isObject(parameters)) return;
  for (const region of Object.keys(parameters)) {
    yield {
      at: "",
      value: region,
      role: sends("datazone.blueprint", "region", { why: "environments are made there" }),
    };
    const settings = parameters[region];
    const location = isObject(settings) ? (settings.S3Location ?? null) : settings;
    const bucket = bucketOf(location);
    if (bucket !== null) yield { at: `.${region}`, value: bucket, role: bucketRole("datazone.blueprint", bucket) };
  }
};

/** A user of the organization's directory is known by an id or a name, a user or role of IAM by its ARN. */
const namedByIam: DocumentReader = function* (user) {
  const ofDirectory =
    isUnknown(user) &&
    user.exact &&
    user.references.every(({ address }) => address.includes("aws_identitystore_user."));
  const isArn = typeof user === "string" && user.startsWith("arn:");
  if (isArn || (isUnknown(user) && !ofDirectory))
    yield {
      at: "",
      value: user,
      role: shares("datazone.user", "principal", { why: "this principal uses the portal" }),
    };
};

export default service("Amazon DataZone", {
  aws_datazone_domain: holds("a catalog of an organization's data, with a portal for its people", {
    docs: guide("create-domain"),
    attributes: {
      domain_execution_role: uses("the role that people of the domain act with"),
      service_role: uses("the role that the service acts with"),
      kms_key_identifier: uses("the key that encrypts the catalog"),
      single_sign_on: harmless("whether people of the organization's directory sign in"),
    },
  }),
  aws_datazone_environment: moves("makes databases and workgroups in an account", {
    docs: guide("create-new-environment"),
    attributes: {
      ...domain,
      account_identifier: account,
      account_region: there("the environment is made there"),
      user_parameters: document(parameterBlock("datazone.environment", "name", ["value"])),
    },
  }),
  aws_datazone_environment_profile: moves("says where environments are made", {
    docs: guide("create-environment-profile"),
    attributes: {
      ...domain,
      aws_account_id: account,
      aws_account_region: there("environments are made there"),
      user_parameters: document(parameterBlock("datazone.environment", "name", ["value"])),
    },
  }),
  aws_datazone_environment_blueprint_configuration: moves("says in which Regions environments may be made", {
    docs: guide("working-with-blueprints"),
    attributes: {
      domain_id: uses("the domain it belongs to"),
      enabled_regions: there("environments may be made there"),
      manage_access_role_arn: uses("the role that grants access to tables"),
      provisioning_role_arn: uses("the role that makes environments"),
      regional_parameters: document(regionalParameters),
    },
  }),
  aws_datazone_asset_type: inert("a kind of things in the catalog", resourcePage("datazone_asset_type"), domain),
  aws_datazone_form_type: inert("fields that describe things", resourcePage("datazone_form_type"), domain),
  aws_datazone_glossary: inert("words of the business", resourcePage("datazone_glossary"), domain),
  aws_datazone_glossary_term: inert("a word of the business", resourcePage("datazone_glossary_term"), domain),
  aws_datazone_project: inert("a group of people and what they work on", resourcePage("datazone_project"), domain),
  // Who a user of the organization's directory is, that directory says; a user or role of IAM is named with its account.
  aws_datazone_user_profile: grants("lets a known user or role into the portal", {
    docs: "https://docs.aws.amazon.com/datazone/latest/APIReference/API_CreateUserProfile.html",
    data: "domain_identifier",
    attributes: {
      user_identifier: document(namedByIam),
    },
  }),
});
