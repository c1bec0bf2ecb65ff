import { type Entry, harmless, holds, sends, service, uses } from "../flows/vocabulary";

const docs = (page: string) => `https://docs.aws.amazon.com/connect/latest/adminguide/${page}.html`;

/** What is known of a customer: data that the domain keeps. */
const known = harmless("part of the customer's own data, which is kept in the domain");
const profile = [
  "account_number",
  "address",
  "billing_address",
  "business_email_address",
  "business_phone_number",
  "email_address",
  "home_phone_number",
  "mailing_address",
  "mobile_phone_number",
  "personal_email_address",
  "phone_number",
  "shipping_address",
];
const kept: Entry["attributes"] = Object.fromEntries(profile.map((name) => [name, known]));

export default service("Amazon Connect Customer Profiles", {
  aws_customerprofiles_domain: holds("keeps profiles of customers", {
    docs: docs("customer-profiles"),
    attributes: {
      domain_name: harmless("its own name"),
      dead_letter_queue_url: sends("customerprofiles.dead-letter", "url"),
      default_encryption_key: uses("the key that encrypts profiles"),
      "matching.exporting_config.s3_exporting.s3_bucket_name": sends("customerprofiles.export", "bucket"),
      "rule_based_matching.exporting_config.s3_exporting.s3_bucket_name": sends("customerprofiles.export", "bucket"),
      "rule_based_matching.attribute_types_selector": harmless("which fields are compared"),
    },
  }),
  aws_customerprofiles_profile: holds("the profile of a customer", {
    docs: docs("customer-profiles"),
    attributes: { ...kept, domain_name: uses("the domain that keeps it"), attributes: known },
  }),
});
