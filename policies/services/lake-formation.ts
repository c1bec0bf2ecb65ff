import { document, type Entry, grants, harmless, inert, service, shares, uses } from "../flows/vocabulary";
import { lakePrincipal } from "./documents/lake-principal";
import { lookups, resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/lake-formation/latest/dg/${page}.html`;

const what = harmless("what the permission is for; the account of the catalog is told nothing by it");
const subject: Entry["attributes"] = {
  catalog_id: what,
  database: what,
  lf_tag: what,
  table: what,
  table_with_columns: what,
};

export default service("AWS Lake Formation", {
  aws_lakeformation_permissions: grants("lets a principal read or change databases, tables and locations", {
    docs: guide("granting-catalog-permissions"),
    attributes: {
      principal: document(lakePrincipal("lakeformation.permissions")),
      ...subject,
      data_location: what,
      data_cells_filter: what,
      lf_tag_policy: what,
      permissions: harmless("what the principal may do; every grant counts"),
    },
  }),
  aws_lakeformation_data_lake_settings: grants("says who governs the lake, and who may filter its data outside", {
    docs: guide("initial-lf-config"),
    attributes: {
      catalog_id: what,
      admins: document(lakePrincipal("lakeformation.administrators")),
      read_only_admins: document(lakePrincipal("lakeformation.administrators")),
      "create_database_default_permissions.principal": document(lakePrincipal("lakeformation.default-permission")),
      "create_table_default_permissions.principal": document(lakePrincipal("lakeformation.default-permission")),
      // Engines of these accounts read the data and apply the filters themselves.
      external_data_filtering_allow_list: shares("lakeformation.external-filtering", "account"),
      // The names of users who read are written into the trails of these accounts.
      trusted_resource_owners: shares("lakeformation.user-details", "account"),
      authorized_session_tag_value_list: harmless("labels of engines"),
      parameters: harmless("a version"),
    },
  }),
  aws_lakeformation_resource: inert(
    "puts a location under the lake's permissions",
    resourcePage("lakeformation_resource"),
    {
      arn: uses("the location"),
      role_arn: uses("the role that reads it"),
    },
  ),
  aws_lakeformation_opt_in: inert(
    "puts a principal under the lake's permissions; it grants nothing",
    resourcePage("lakeformation_opt_in"),
    {
      principal: harmless("who is put under them"),
      resource_data: harmless("for which data"),
    },
  ),
  aws_lakeformation_data_cells_filter: inert("a part of a table", resourcePage("lakeformation_data_cells_filter"), {
    table_data: harmless("which rows and columns"),
  }),
  aws_lakeformation_identity_center_configuration: inert(
    "where users are looked up",
    resourcePage("lakeformation_identity_center_configuration"),
    {
      catalog_id: what,
      instance_arn: uses("where users are looked up"),
    },
  ),
  aws_lakeformation_lf_tag: inert("a label", resourcePage("lakeformation_lf_tag"), { catalog_id: what }),
  aws_lakeformation_lf_tag_expression: inert("a set of labels", resourcePage("lakeformation_lf_tag_expression"), {
    catalog_id: what,
  }),
  aws_lakeformation_resource_lf_tag: inert("labels a table", resourcePage("lakeformation_resource_lf_tag"), subject),
  aws_lakeformation_resource_lf_tags: inert("labels a table", resourcePage("lakeformation_resource_lf_tags"), subject),
  ...lookups({
    lakeformation_data_lake_settings: "who governs the lake",
    lakeformation_permissions: "the permissions of a principal",
    lakeformation_resource: "a location",
  }),
});
