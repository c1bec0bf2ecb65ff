export * from "./cidr";
export * from "./declaration";
export { type FacilityDeclaration, renewableShare } from "./facility";
export { type Geography, geography, type ZoneFacts } from "./geography";
export type { EnclaveDeclaration } from "./schema";
export * from "./trust";
