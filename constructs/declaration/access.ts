/** Who may ask for access to which data, for how long. */
import { z } from "zod";
import { reidentification } from "../../handlers/common/settings";
import type { Problem } from "./rules";
import { roleName, slug } from "./values";

/**
 * What a data set holds: `personal` in clear, which the partner has to approve too; `pseudonymised`; or nothing about
 * persons.
 */
const contents = ["personal", "pseudonymised", "other"] as const;

const dataSet = z.strictObject({
  /** `objects`: the objects of each data centre's bucket below the prefix; `records`: the items whose key begins so. */
  store: z.enum(["objects", "records"]),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*[/#]$/, "must be letters, digits, dots and dashes with / or # at the end"),
  content: z.enum(contents),
});

export const accessSchema = z.strictObject({
  /** Roles that people sign in with, in the account of each site; the session's name is who they are. */
  roles: z.strictObject({ employees: roleName, approvers: roleName }),
  /**
   * Longest time that a session may last. A function opens it, with a role of its own, and AWS ends a session that is
   * opened from another after an hour: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html, "Role chaining";
   * the shortest that STS makes is a quarter: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.
   */
  maxMinutes: z
    .int("must be a whole number of minutes")
    .min(15, "must be at least 15 minutes")
    .max(60, "must be at most 60 minutes: a session that a function opens lasts no longer"),
  /** How long a request waits for each approval, and an approved one for being used. */
  approvalHours: z
    .int("must be a whole number of hours")
    .min(1, "must be at least an hour")
    .max(168, "must be at most a week"),
  dataSets: z.record(slug, dataSet).refine((all) => Object.keys(all).length > 0, "must have a data set"),
});

export type Access = z.output<typeof accessSchema>;
export type DataSet = Access["dataSets"][string];

/** Everything that is wrong with the data sets: none may lie in another, or approval of one would open both. */
export function accessProblems({ roles, dataSets }: Access): Problem[] {
  const all = Object.entries(dataSets);
  const overlaps = all.flatMap(([name, one], i) =>
    all
      .slice(0, i)
      .filter(([, other]) => other.store === one.store && other.prefix === one.prefix)
      .map(([first]) => ({
        path: ["access", "dataSets", name, "prefix"],
        message: `is the same as that of access.dataSets.${first}`,
      })),
  );
  if (Object.hasOwn(dataSets, reidentification)) {
    const message = "is the name by which the persons behind tokens are asked for";
    overlaps.push({ path: ["access", "dataSets", reidentification], message });
  }
  if (roles.employees !== roles.approvers) return overlaps;
  return [{ path: ["access", "roles", "approvers"], message: "is the role of the employees" }, ...overlaps];
}
