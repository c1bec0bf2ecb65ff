/** The enclave's building blocks, each usable in a cdktf app of its own. */
export * from "./access-gateway";
export * from "./compute";
export * from "./declaration";
export * from "./egress-deny";
export * from "./facility";
export * from "./guardrails";
export * from "./handler";
export * from "./migration";
export * from "./network";
export * from "./oversight";
export * from "./perimeter";
export * from "./pipeline";
export * from "./placement";
export * from "./pseudonymisation";
export * from "./storage";
export * from "./transfer-gateway";
