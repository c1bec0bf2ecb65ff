/** The enclave's building blocks, and the proof. */
export * from "./constructs";
export * from "./policies";
