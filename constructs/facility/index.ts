export * from "./facility";
export * from "./report";
export * from "./telemetry";
