import { isObject, isUnknown } from "../configuration/value";
import {
  type DocumentReader,
  document,
  harmless,
  holds,
  inert,
  moves,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
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
      user_parameters: uses("settings of what is made"),
    },
  }),
  aws_datazone_environment_profile: moves("says where environments are made", {
    docs: guide("create-environment-profile"),
    attributes: {
      ...domain,
      aws_account_id: account,
      aws_account_region: there("environments are made there"),
      user_parameters: uses("settings of what is made"),
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
  // Who the person is, the organization's directory or an identity policy says.
  aws_datazone_user_profile: inert("lets a known user or role into the portal", resourcePage("datazone_user_profile"), {
    ...domain,
    user_identifier: uses("a user of the organization's directory or a role"),
  }),
});
