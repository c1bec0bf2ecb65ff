/** Where a user pool's sign-in sends browsers back to, with who the user is. */
import { isUnknown } from "../../configuration/value";
import { type DocumentReader, sends } from "../../flows/vocabulary";

/** On the user's own device: applications' own schemes, and the device itself. */
const ON_DEVICE = /^(?!https?:)[a-z][a-z0-9+.-]*:|^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i;

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html, "Allowed callback URLs" */
export const callbackUrls: DocumentReader = function* (value) {
  if (value === null || (!isUnknown(value) && ON_DEVICE.test(String(value)))) return;
  yield {
    at: "",
    value,
    role: sends("cognito.callback", "url", { why: "tokens or codes that say who the user is are sent there" }),
  };
};
