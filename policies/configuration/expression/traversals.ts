/** What an expression refers to, without evaluating it: for the order in which things are evaluated. */
import { children, type Expression, keys, type Reference } from "./ast";
import type { Step, Traversal } from "./scope";

/** All free references, in the order in which they stand; each ends before the first step that must be computed. */
export function traversals(expression: Expression): Traversal[] {
  const found: Traversal[] = [];
  visit(expression, new Set(), found);
  return found;
}

function visit(node: Expression, bound: ReadonlySet<string>, found: Traversal[]): void {
  if (node.kind === "reference") {
    if (!bound.has(node.root)) found.push(traversal(node));
    for (const key of keys(node.steps)) visit(key, bound, found);
  } else if (node.kind === "for") {
    visit(node.collection, bound, found);
    const inner = new Set(bound).add(node.valueName);
    if (node.keyName !== undefined) inner.add(node.keyName);
    for (const part of [node.key, node.value, node.condition]) if (part) visit(part, inner, found);
  } else {
    for (const child of children(node)) visit(child, bound, found);
  }
}

function traversal(node: Reference): Traversal {
  const steps: Step[] = [];
  for (const step of node.steps) {
    if (step.kind === "attribute") steps.push({ kind: "attribute", name: step.name });
    else if (step.kind === "index" && step.key.kind === "literal") steps.push({ kind: "index", key: step.key.value });
    else break;
  }
  return { root: node.root, steps, at: node.at };
}

/** Whether nothing comes into the expression from outside, nor is made sensitive in it. */
export function isFreeOfReferences(node: Expression): boolean {
  if (node.kind === "reference" || (node.kind === "call" && node.name === "sensitive")) return false;
  for (const child of children(node)) if (!isFreeOfReferences(child)) return false;
  return true;
}
