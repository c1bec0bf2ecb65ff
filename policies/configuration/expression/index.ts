/** Terraform's expression language over values that may be unknown in part. */
export { access } from "./access";
export type { Expression } from "./ast";
export { convert } from "./convert";
export { ExpressionError, Failure } from "./errors";
export { evaluate, evaluateTemplate, evaluateTree } from "./evaluate";
export { parseExpression, parseTemplate } from "./parser";
export { Deferred, type Scope, type Step, type Traversal } from "./scope";
export { traversals } from "./traversals";
export { constructed, type Type, typed, typeOf } from "./types";
