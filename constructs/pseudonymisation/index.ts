export * from "./pseudonym-keys";
export * from "./pseudonymiser";
