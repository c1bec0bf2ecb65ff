export * from "./documents";
export * from "./estate";
