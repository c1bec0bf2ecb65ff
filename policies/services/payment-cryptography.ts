/** Keys of payment cards. Exporting one is a call of the account's own principals. */
import { harmless, holds, inert, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

export default service("AWS Payment Cryptography", {
  aws_paymentcryptography_key: holds("a key", {
    docs: "https://docs.aws.amazon.com/payment-cryptography/latest/userguide/keys-export.html",
    attributes: { exportable: harmless("whether principals of the account may export the key") },
  }),
  aws_paymentcryptography_key_alias: inert("a second name of a key", resourcePage("paymentcryptography_key_alias"), {
    key_arn: uses("the key that is named"),
  }),
});
