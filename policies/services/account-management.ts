import { harmless, service, uses } from "../flows/vocabulary";
import { worldwide } from "./nature";
import { resourcePage } from "./pages";

const setting = worldwide(
  "AWS keeps the contacts and the enabled Regions of an account in us-east-1; they hold no payload",
);
const account = uses("the account that is meant");
const written = harmless(
  "where AWS itself writes or calls about the account; none of the account's data is sent there",
);
const detail = harmless("part of the owner's own address");

export default service("AWS Account Management", {
  aws_account_alternate_contact: setting(
    "whom AWS tells of bills, operations or security",
    resourcePage("account_alternate_contact"),
    { account_id: account, email_address: written, phone_number: written },
  ),
  aws_account_primary_contact: setting("the owner of the account", resourcePage("account_primary_contact"), {
    account_id: account,
    phone_number: written,
    address_line_1: detail,
    address_line_2: detail,
    address_line_3: detail,
    state_or_region: detail,
    website_url: detail,
  }),
  // Nothing is moved by it; resources in the Region are judged by themselves.
  aws_account_region: setting("whether a Region may be used", resourcePage("account_region"), {
    account_id: account,
    region_name: harmless("a Region that may be used; what is made there is judged by itself"),
  }),
});
