/**
 * What a resource's policy gives to a principal itself and not only to its account: then no policy of the principal's
 * own must allow it. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html, "Evaluating
 * effective permissions with boundaries": what a role is given by its ARN, its boundary and session policies must
 * allow too; what a session, a user or everybody is given, no implicit deny takes away. A federated session is one
 * that the user may ask for (GetFederationToken).
 */
import type { Document, Named, Statement } from "../language/document";

export type Naming = "role" | "session" | "federated";
export const NAMINGS: readonly Naming[] = ["role", "session", "federated"];

/** How a principal of a policy names those that it means; undefined if it means an account or no principal of IAM. */
export function namingOf({ kind, text }: Named): Naming | undefined {
  if (kind === "anyone") return "session";
  if (kind !== "aws" || /^(\d{12}|.*:root)$/.test(text)) return undefined;
  if (/^arn:[^:]*:sts::[^:]*:federated-user\//.test(text)) return "federated";
  return /^arn:[^:]*:iam::[^:]*:role\//.test(text) ? "role" : "session";
}

/** The documents with only those statements, and of their principals only those, that name one so. */
export function naming(documents: readonly Document[], how: Naming): Document[] {
  return documents
    .map((document) => ({ ...document, statements: document.statements.flatMap((one) => narrowed(one, how)) }))
    .filter(({ statements, unknown }) => statements.length > 0 || (how === "session" && unknown !== undefined));
}

function narrowed(statement: Statement, how: Naming): Statement[] {
  const { principals } = statement;
  if (!principals || statement.effect === "Deny") return [];
  // Everybody but some: nobody is named by the ARN of a role.
  if (principals.negated) return how === "session" ? [statement] : [];
  const named = principals.named.filter((one) => namingOf(one) === how);
  return named.length === 0 ? [] : [{ ...statement, principals: { ...principals, named } }];
}
