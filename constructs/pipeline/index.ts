export * from "./delivery-role";
export * from "./runner";
export * from "./services";
