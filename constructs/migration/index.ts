export * from "./inventory";
export * from "./landing-store";
export * from "./progress";
export * from "./transfer";
