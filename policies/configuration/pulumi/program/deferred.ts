/** What Pulumi's library loads with itself and few programs need: a compiler and a package manager, to serialize functions. */
import Module from "node:module";
import { join, sep } from "node:path";

type Load = (request: string, parent: { readonly filename?: string } | undefined, isMain: boolean) => unknown;

const SELDOM = new Set(["typescript", "../../typescript-shim", "@npmcli/arborist"]);

/**
 * Loads them when something of theirs is first used, which halves the time that the library takes to load.
 * @param library the folder of `@pulumi/pulumi`
 */
export function deferSeldomUsed(library: string): void {
  const loader = Module as unknown as { _load: Load };
  const load = loader._load.bind(Module);
  const serialization = join(library, "runtime", "closure") + sep;
  loader._load = (request, parent, isMain) =>
    SELDOM.has(request) && parent?.filename?.startsWith(serialization)
      ? deferred(() => load(request, parent, isMain) as object)
      : load(request, parent, isMain);
}

function deferred(load: () => object): object {
  let loaded: object | undefined;
  return new Proxy(
    {},
    {
      get: (_, name) => {
        // Asked by what the compiler makes of `import * as`, which would otherwise copy the whole module.
        if (name === "__esModule") return true;
        loaded ??= load();
        return Reflect.get(loaded, name);
      },
    },
  );
}
