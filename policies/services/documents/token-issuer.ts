/** Who makes the tokens by which callers are let in. */
import { isUnknown } from "../../configuration/value";
import { type DocumentReader, shares } from "../../flows/vocabulary";

/** Whoever the issuer signs in is believed; a user pool of this configuration is judged itself. */
export const tokenIssuer = (channel: string): DocumentReader =>
  function* (issuer) {
    const ownPool =
      isUnknown(issuer) &&
      issuer.references.some(({ resources }) =>
        resources.some(({ type, mode }) => type === "aws_cognito_user_pool" && mode === "managed"),
      );
    const role = shares(channel, "url", { why: "whoever holds a token of this issuer is believed" });
    if (!ownPool) yield { at: "", value: issuer, role };
  };
