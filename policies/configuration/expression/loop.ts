/** What a `for` walks over, and what it makes. */
import { isList, isObject, type Value } from "../value";
import type { For } from "./ast";
import { stringOf } from "./convert";
import { fail, quote } from "./errors";
import { constructed, isSet, record, sortedKeys } from "./types";
import { computed, isOpen, oneOf, someOf } from "./unknown";

/** The elements of a collection, each with its key; undefined if it is none. A set's elements are their own keys. */
export function itemsOf(collection: Value): [Value, Value][] | undefined {
  if (isList(collection)) {
    const sole = isSet(collection);
    return collection.map((value, index) => [sole ? value : index, value]);
  }
  if (isObject(collection)) return sortedKeys(collection).map((key) => [key, collection[key]]);
  return undefined;
}

/** Collects what a `for` yields; falls back to an unknown value where its shape depends on something unknown. */
export class LoopResult {
  private readonly list: Value[] = [];
  private readonly map = record();
  private readonly open: Value[];
  private unordered: boolean;

  constructor(
    private readonly node: For,
    open: readonly Value[],
  ) {
    this.open = [...open];
    this.unordered = open.length > 0;
  }

  add(key: Value | undefined, value: Value, condition: Value): void {
    if (isOpen(condition) || (key !== undefined && isOpen(key))) {
      this.unordered = true;
      this.open.push(condition, ...(key === undefined ? [] : [key]));
    }
    if (key === undefined || isOpen(key)) {
      this.list.push(value);
      return;
    }
    const name = stringOf(key);
    const before = Object.hasOwn(this.map, name) ? this.map[name] : undefined;
    if (this.node.group) {
      if (before === undefined) this.map[name] = [value];
      else (before as Value[]).push(value);
    } else if (before === undefined || this.unordered) {
      this.map[name] = before === undefined ? value : oneOf([before, value]);
    } else {
      fail(`the key ${quote(name)} comes up twice; write "..." behind the value to collect them`);
    }
  }

  value(): Value {
    if (this.unordered && !this.node.key) return someOf(this.list, this.open, "any");
    if (this.unordered) return computed([...this.open, ...this.list, this.map]);
    if (!this.node.key) return constructed(this.list);
    if (this.node.group) for (const key of Object.keys(this.map)) constructed(this.map[key]);
    return constructed(this.map);
  }
}
