export * from "./delivery-role";
export * from "./runner";
