/** Values that several parts of a declaration are made of. */
import { z } from "zod";
import { Cidr } from "./cidr";

export const slug = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
    "must be 2 to 20 lower-case letters, digits and dashes, starting with a letter",
  );
export const accountId = z.string().regex(/^\d{12}$/, "must be an account id of 12 digits");
/** Private space only: RFC 1918 and RFC 6598; for IPv6 the half of RFC 4193 that AWS gives to VPCs. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fd80::/9"].map(Cidr.parse);
export const country = z.string().regex(/^[A-Z]{2}$/, "must be a country as ISO 3166-1 alpha-2, such as IE");
export const days = z
  .int("must be a whole number of days")
  .min(1, "must be at least one day")
  .max(3650, "must be at most 3650 days");

function range(version: 4 | 6, longest: number, step = 1, shortest = 8) {
  return z.string().superRefine((text, context) => {
    try {
      const cidr = Cidr.parse(text);
      if (cidr.version !== version) throw new RangeError(`"${text}" is not an IPv${version} range`);
      if (cidr.prefix < shortest || cidr.prefix > longest || cidr.prefix % step !== 0) {
        const steps = step === 1 ? "" : ` in steps of ${step}`;
        throw new RangeError(`"${text}" must have a prefix from /${shortest} to /${longest}${steps}`);
      }
      if (!privateSpace.some((space) => space.contains(cidr))) {
        throw new RangeError(
          `"${text}" is not private space (${privateSpace.filter((s) => s.version === version).join(", ")})`,
        );
      }
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as RangeError).message });
    }
  });
}

/** AWS takes VPCs from /16 to /28, for IPv6 from /44 to /60 in steps of four; 32 subnets have to fit into each. */
export const network = z.strictObject({ ipv4: range(4, 22, 1, 16), ipv6: range(6, 56, 4, 44) });

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html, "RoleName" */
export const roleName = z.string().regex(/^[A-Za-z0-9_+=,.@-]{1,64}$/, "must be the name of a role");

export const date = z.iso.date("must be a date: YYYY-MM-DD");
