/** Identities of others that get the owner's credentials: Cognito identity pools, Roles Anywhere, IAM Identity Center. */

import type { Room } from "../requests/room";
import type { Trusted } from "../requests/trust";
import type { Credential } from "./credential";
import { identityPools } from "./identity-pools";
import { permissionSets } from "./permission-sets";
import { certificates } from "./roles-anywhere";

export const federations = (room: Room, trusts: readonly Trusted[]): Credential[] => [
  ...identityPools(room, trusts),
  ...certificates(room, trusts),
  ...permissionSets(room),
];
