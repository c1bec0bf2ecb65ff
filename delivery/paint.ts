/** Colours of what a plan does, or none. */
import { createColors } from "picocolors";
import type { Action } from "./changes";

export type Paint = (kind: Action | "bad" | "good" | "dim", text: string) => string;

export function painter(coloured: boolean): Paint {
  const { green, yellow, magenta, red, dim, bold } = createColors(coloured);
  const colours = {
    create: green,
    update: yellow,
    replace: magenta,
    delete: red,
    forget: dim,
    bad: (text: string) => bold(red(text)),
    good: (text: string) => bold(green(text)),
    dim,
  };
  return (kind, text) => colours[kind](text);
}
