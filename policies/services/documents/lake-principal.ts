/** Principals as AWS Lake Formation names them. */
import { type DocumentReader, harmless, shares } from "../../flows/vocabulary";

/**
 * Yields who is granted something. `IAM_ALLOWED_PRINCIPALS` stands for whoever identity policies let in already;
 * `111111111111:IAMPrincipals` for all principals of an account
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html).
 */
export const lakePrincipal = (channel: string): DocumentReader =>
  function* (document) {
    if (document === "IAM_ALLOWED_PRINCIPALS") {
      yield { at: "", value: document, role: harmless("whoever identity policies let in already") };
      return;
    }
    const value = typeof document === "string" ? document.replace(/^(\d{12}):IAMPrincipals$/, "$1") : document;
    yield { at: "", value, role: shares(channel, "principal") };
  };
