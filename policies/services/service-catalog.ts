/** Service Catalog: templates that others may use, and what is made from them. */
import { isObject, isUnknown } from "../configuration/value";
import {
  type DocumentReader,
  document,
  type Finding,
  grants,
  harmless,
  inert,
  moves,
  receives,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";
import { json } from "./documents/json";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/servicecatalog/latest/adminguide/${page}.html`;

/** `NotificationArns` of a constraint of the kind NOTIFICATION, accounts and Regions of the kind STACKSET (CreateConstraint). */
const constraint: DocumentReader = function* (parameters) {
  const content = json(parameters);
  if (isUnknown(content)) yield { at: "", value: content, role: sends("servicecatalog.constraint", "any") };
  if (!isObject(content)) return;
  const set = isObject(content.Properties ?? null) ? (content.Properties as typeof content) : content;
  yield {
    at: ".NotificationArns",
    value: content.NotificationArns ?? null,
    role: sends("servicecatalog.events", "arn"),
  };
  yield { at: ".AccountList", value: set.AccountList ?? null, role: sends("servicecatalog.stack-set", "account") };
  yield { at: ".RegionList", value: set.RegionList ?? null, role: sends("servicecatalog.stack-set", "region") };
};

function* fromTemplate(): Generator<Finding> {
  yield {
    finding: "undecided",
    why: "what is made stands in the product's template, which is not in this configuration",
  };
}

export default service("AWS Service Catalog", {
  aws_servicecatalog_provisioned_product: moves("makes what a product's template says", {
    docs: guide("catalogs_provisioning"),
    attributes: {
      notification_arns: sends("servicecatalog.events", "arn"),
      "stack_set_provisioning_preferences.accounts": sends("servicecatalog.stack-set", "account"),
      "stack_set_provisioning_preferences.regions": sends("servicecatalog.stack-set", "region"),
      provisioning_parameters: uses("settings of what is made"),
    },
    also: fromTemplate,
  }),
  aws_servicecatalog_portfolio_share: grants("lets an account or organization use templates", {
    docs: guide("catalogs_portfolios_sharing"),
    data: "portfolio_id",
    attributes: { principal_id: shares("servicecatalog.share", "principal") },
  }),
  aws_servicecatalog_constraint: moves("narrows how a product is used, and tells topics of it", {
    docs: guide("constraints"),
    attributes: { parameters: document(constraint) },
  }),
  aws_servicecatalog_principal_portfolio_association: inert(
    "lets roles of the account use templates",
    resourcePage("servicecatalog_principal_portfolio_association"),
    { principal_arn: uses("the role, user or group") },
  ),
  aws_servicecatalog_product: inert("a template that may be used", resourcePage("servicecatalog_product"), {
    "provisioning_artifact_parameters.template_url": receives("the template comes from there"),
    owner: harmless("text for people"),
    support_email: harmless("text for people"),
    support_url: harmless("text for people"),
    distributor: harmless("text for people"),
  }),
  aws_servicecatalog_provisioning_artifact: inert(
    "a version of a template",
    resourcePage("servicecatalog_provisioning_artifact"),
    { template_url: receives("the template comes from there") },
  ),
  aws_servicecatalog_organizations_access: worldwide("a fact about the organization")(
    "whether portfolios may be shared within the organization",
    resourcePage("servicecatalog_organizations_access"),
  ),
  aws_servicecatalog_service_action: inert(
    "what users may do with what was made",
    resourcePage("servicecatalog_service_action"),
    { definition: uses("a document of Systems Manager") },
  ),
  aws_servicecatalog_budget_resource_association: inert(
    "which budget a product counts towards",
    resourcePage("servicecatalog_budget_resource_association"),
  ),
  aws_servicecatalog_portfolio: inert("a collection of templates", resourcePage("servicecatalog_portfolio")),
  aws_servicecatalog_product_portfolio_association: inert(
    "puts a template into a collection",
    resourcePage("servicecatalog_product_portfolio_association"),
  ),
  aws_servicecatalog_tag_option: inert("a tag that may be chosen", resourcePage("servicecatalog_tag_option")),
  aws_servicecatalog_tag_option_resource_association: inert(
    "which tags may be chosen",
    resourcePage("servicecatalog_tag_option_resource_association"),
  ),
  aws_servicecatalogappregistry_application: inert(
    "resources seen as an application",
    resourcePage("servicecatalogappregistry_application"),
  ),
  aws_servicecatalogappregistry_attribute_group: inert(
    "words about an application",
    resourcePage("servicecatalogappregistry_attribute_group"),
    { attributes: harmless("words about an application") },
  ),
  aws_servicecatalogappregistry_attribute_group_association: inert(
    "which words are about which application",
    resourcePage("servicecatalogappregistry_attribute_group_association"),
  ),
  aws_serverlessapplicationrepository_cloudformation_stack: moves("makes what somebody's published template says", {
    docs: "https://docs.aws.amazon.com/serverlessrepo/latest/devguide/serverlessrepo-consuming-applications.html",
    attributes: {
      application_id: receives("the template comes from there"),
      parameters: uses("settings of what is made"),
    },
    also: fromTemplate,
  }),
});
