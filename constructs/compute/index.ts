export * from "./hosts";
