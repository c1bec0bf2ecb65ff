export * from "./directory";
export * from "./sizing-page";
