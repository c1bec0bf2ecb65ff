/** What cdktf keeps in the comment of a block about the construct that declared it (`TerraformElement`, `//.metadata`). */
import { isJsonObject, type JsonObject } from "../json";

export interface Construct {
  /** Its path in the tree of constructs: `dublin-1/tables/table`. */
  readonly construct?: string;
  /** The place in the program, if the stack trace was kept. */
  readonly program?: { readonly file: string; readonly line: number; readonly column: number };
}

export function constructOf(body: JsonObject): Construct {
  const comment = body["//"];
  const metadata = isJsonObject(comment) && isJsonObject(comment.metadata) ? comment.metadata : {};
  const { path, stackTrace } = metadata;
  return {
    ...(typeof path === "string" && { construct: path }),
    ...(Array.isArray(stackTrace) && { program: programPlace(stackTrace) }),
  };
}

/** `new Store (/app/store.ts:12:5)` or `/app/main.ts:3:1`, as V8 writes the frames of a stack. */
const FRAME = /(?:^|[( ])((?:file:\/\/)?[^()\s][^()]*):(\d{1,9}):(\d{1,9})\)?$/;

/** The innermost frame that is the project's own: neither a library's nor the runtime's. */
function programPlace(frames: readonly unknown[]): Construct["program"] {
  for (const frame of frames) {
    const [, file, line, column] = (typeof frame === "string" && frame.length < 5_000 && FRAME.exec(frame)) || [];
    if (file === undefined || /[\\/]node_modules[\\/]|^node:/.test(file)) continue;
    return { file: file.replace(/^file:\/\//, ""), line: Number(line), column: Number(column) };
  }
  return undefined;
}
