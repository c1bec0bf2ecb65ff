import { harmless, holds, inert, moves, receives, sends, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const guide = (page: string) => `https://docs.aws.amazon.com/kendra/latest/dg/${page}.html`;
const role = { role_arn: uses("the role that reads and writes") };
const crawler = "configuration.web_crawler_configuration";
const enrichment = "custom_document_enrichment_configuration";
const hook = (name: string) => ({
  [`${enrichment}.${name}.lambda_arn`]: sends("kendra.enrichment", "arn", {
    why: "documents are handed to the function",
  }),
  [`${enrichment}.${name}.s3_bucket`]: sends("kendra.enrichment", "bucket", { why: "documents are put there" }),
});

export default service("Amazon Kendra", {
  aws_kendra_index: holds("documents, for searching", {
    docs: guide("hiw-index"),
    attributes: {
      ...role,
      "server_side_encryption_configuration.kms_key_id": uses("the key that encrypts documents"),
      // Tokens narrow which documents a search finds; who may search at all, identity policies say.
      user_context_policy: harmless("whether tokens narrow what is found"),
      "user_token_configurations.jwt_token_type_configuration": receives("keys that prove tokens come from there"),
    },
  }),
  aws_kendra_data_source: moves("brings documents into an index", {
    docs: guide("hiw-data-source"),
    data: "index_id",
    attributes: {
      ...role,
      [`${enrichment}.role_arn`]: uses("the role that calls the functions"),
      ...hook("pre_extraction_hook_configuration"),
      ...hook("post_extraction_hook_configuration"),
      "configuration.s3_configuration.bucket_name": receives("documents come from there"),
      "configuration.template_configuration.template": receives("documents come from what it describes"),
      [`${crawler}.urls`]: receives("pages come from there"),
      [`${crawler}.url_exclusion_patterns`]: receives("pages that are left out"),
      [`${crawler}.url_inclusion_patterns`]: receives("pages that are fetched"),
      [`${crawler}.authentication_configuration`]: receives("pages come from there, with a password"),
      [`${crawler}.proxy_configuration`]: receives("pages come through it"),
    },
  }),
  // Who may open it, the organization's directory says.
  aws_kendra_experience: inert(
    "a page for searching, for users of the directory",
    resourcePage("kendra_experience"),
    role,
  ),
  aws_kendra_faq: inert("questions and answers for an index", resourcePage("kendra_faq"), {
    ...role,
    "s3_path.bucket": receives("the questions come from there"),
  }),
  aws_kendra_query_suggestions_block_list: inert(
    "words that are not suggested",
    resourcePage("kendra_query_suggestions_block_list"),
    { ...role, "source_s3_path.bucket": receives("the words come from there") },
  ),
  aws_kendra_thesaurus: inert("words that mean the same", resourcePage("kendra_thesaurus"), {
    ...role,
    "source_s3_path.bucket": receives("the words come from there"),
  }),
});
