export * from "./outbox";
export * from "./transfer-gateway";
