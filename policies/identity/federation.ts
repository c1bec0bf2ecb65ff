/** Identities of others that get the owner's credentials: Cognito identity pools, Roles Anywhere, IAM Identity Center. */
import type { Credential } from "./credential";
import { identityPools } from "./identity-pools";
import { permissionSets } from "./permission-sets";
import { certificates } from "./roles-anywhere";
import type { Room } from "./room";
import type { Trusted } from "./trust";

export const federations = (room: Room, trusts: readonly Trusted[]): Credential[] => [
  ...identityPools(room, trusts),
  ...certificates(room, trusts),
  ...permissionSets(room),
];
