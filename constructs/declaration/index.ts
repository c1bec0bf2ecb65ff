export * from "./cidr";
export * from "./declaration";
export { type FacilityDeclaration, renewableShare } from "./facility";
export { type Geography, geography, type ZoneFacts } from "./geography";
export * from "./names";
export { sitePairs } from "./placement";
export type { EnclaveDeclaration } from "./schema";
export { type Load, loadOf, type Sizing } from "./sizing";
export * from "./trust";
