export * from "./cidr";
export * from "./declaration";
export { type Geography, geography, type ZoneFacts } from "./geography";
export type { EnclaveDeclaration } from "./schema";
export * from "./trust";
