export * from "./access-gateway";
export * from "./approvals";
export * from "./gateway-api";
export * from "./log-archive";
export * from "./partner-queue";
export * from "./session-role";
export * from "./workbench";
