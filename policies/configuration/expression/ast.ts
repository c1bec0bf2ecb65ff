/** The syntax tree of Terraform's expressions. Parentheses leave no trace; a sole `"${x}"` is `x`. */
import type { Value } from "../value";
import type { Place } from "./errors";

interface Node {
  readonly at: Place;
}

export interface Literal extends Node {
  readonly kind: "literal";
  readonly value: Value;
}
/** Always a string: the parts converted and joined. */
export interface Template extends Node {
  readonly kind: "template";
  readonly parts: readonly Expression[];
}
/** `%{for}`: the strings that the loop makes, joined. */
export interface Join extends Node {
  readonly kind: "join";
  readonly loop: For;
}
export interface Reference extends Node {
  readonly kind: "reference";
  readonly root: string;
  readonly steps: readonly Postfix[];
}
export interface Access extends Node {
  readonly kind: "access";
  readonly source: Expression;
  readonly steps: readonly Postfix[];
}
export interface Unary extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "!";
  readonly operand: Expression;
}
export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";
export interface Binary extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Conditional extends Node {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface Call extends Node {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
  /** The last argument is followed by `...`. */
  readonly expand: boolean;
}
export interface For extends Node {
  readonly kind: "for";
  readonly keyName?: string;
  readonly valueName: string;
  readonly collection: Expression;
  /** Present if an object is made. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  readonly group: boolean;
}
export interface Tuple extends Node {
  readonly kind: "tuple";
  readonly items: readonly Expression[];
}
export interface ObjectNode extends Node {
  readonly kind: "object";
  readonly items: readonly { readonly key: Expression; readonly value: Expression }[];
}

export type Expression =
  | Literal
  | Template
  | Join
  | Reference
  | Access
  | Unary
  | Binary
  | Conditional
  | Call
  | For
  | Tuple
  | ObjectNode;

/** What can stand behind a term. A splat holds everything that is done to each element. */
export type Postfix =
  | { readonly kind: "attribute"; readonly name: string; readonly at: Place }
  | { readonly kind: "index"; readonly key: Expression; readonly at: Place }
  | { readonly kind: "splat"; readonly steps: readonly Postfix[]; readonly at: Place };

/** The expressions directly below one. */
export function* children(node: Expression): Generator<Expression> {
  switch (node.kind) {
    case "literal":
      return;
    case "template":
      yield* node.parts;
      return;
    case "join":
      yield node.loop;
      return;
    case "reference":
      yield* keys(node.steps);
      return;
    case "access":
      yield node.source;
      yield* keys(node.steps);
      return;
    case "unary":
      yield node.operand;
      return;
    case "binary":
      yield node.left;
      yield node.right;
      return;
    case "conditional":
      yield node.condition;
      yield node.then;
      yield node.otherwise;
      return;
    case "call":
      yield* node.args;
      return;
    case "for":
      yield node.collection;
      if (node.key) yield node.key;
      yield node.value;
      if (node.condition) yield node.condition;
      return;
    case "tuple":
      yield* node.items;
      return;
    case "object":
      for (const item of node.items) {
        yield item.key;
        yield item.value;
      }
  }
}

/** The index expressions among the steps, those inside splats too. */
export function* keys(steps: readonly Postfix[]): Generator<Expression> {
  for (const step of steps) {
    if (step.kind === "index") yield step.key;
    else if (step.kind === "splat") yield* keys(step.steps);
  }
}
