export * from "./address-plan";
export * from "./address-pool";
export * from "./flow-logs";
export * from "./hub-attachment";
export * from "./hub-peering";
export * from "./private-network";
export * from "./transit-hub";
