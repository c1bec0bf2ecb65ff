/** The monitor that a program's resources are registered with: it takes down what they are, and answers with markers. */
import type * as Pulumi from "@pulumi/pulumi";
import type { Graph, Invoked, Job, Registered } from "../graph";
import type { Following } from "./following";
import type { Markers } from "./markers";

interface Struct {
  toJavaScript(): Registered["inputs"];
}

/** What is read of a request to the monitor. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
}

interface RegisterRequest extends Request {
  getCustom(): boolean;
  getRemote(): boolean;
  getObject(): Struct | undefined;
  getIgnorechangesList(): string[];
  getAliasurnsList(): string[];
  getAliasesList(): { getUrn(): string }[];
}

interface ReadRequest extends Request {
  getId(): string;
}

type Handler<T> = (request: T, callback: unknown) => unknown;

interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource: Handler<RegisterRequest>;
  readResource: Handler<ReadRequest>;
}

interface InvokeOptions {
  readonly provider?: Pulumi.ProviderResource;
  readonly parent?: Pulumi.Resource;
}

type Invoke<T> = (token: string, args: Record<string, unknown>, options?: InvokeOptions) => T;

export class Registration {
  private readonly resources: Registered[] = [];
  private readonly invokes: Invoked[] = [];
  /** Names of everything that resources of a type give. */
  private readonly outputs = new Map<string, Set<string>>();
  private current?: { urn: string; read: boolean };

  constructor(
    private readonly pulumi: typeof Pulumi,
    private readonly load: NodeRequire,
    private readonly markers: Markers,
    private readonly following: Following,
    private readonly job: Job,
  ) {}

  found(): Pick<Graph, "resources" | "invokes"> {
    return { resources: this.resources, invokes: this.invokes };
  }

  /** Runs the program; resolves when everything it waits for has come. */
  async start(program: () => Promise<unknown>): Promise<void> {
    const { runtime } = this.pulumi;
    const { project, stack, organization, config, secrets } = this.job;
    const mocks = {
      newResource: (args: Pulumi.runtime.MockResourceArgs) => this.answer(args),
      call: ({ token }: Pulumi.runtime.MockCallArgs): never => {
        throw new Error(`${token} is asked of a provider, which only a deployment can`);
      },
    };
    // It takes a stack trace for every promise, of which a property has three.
    const debuggable = this.load("@pulumi/pulumi/runtime/debuggable") as { debuggablePromise<T>(promise: T): T };
    debuggable.debuggablePromise = (promise) => promise;
    await runtime.setMocks(mocks, project, stack, true, organization);
    runtime.setAllConfig({ ...config, ...this.secretMarkers() }, [...secrets]);
    this.patchConfig();
    this.patchMonitor(runtime.getMonitor() as unknown as Monitor);
    this.patchOutputNames();
    this.patchInvokes();
    this.patchStackReferences();
    this.watchSurroundings();
    await runtime.runInPulumiStack(program);
    await runtime.disconnect();
  }

  private secretMarkers(): Record<string, string> {
    return Object.fromEntries(this.job.secrets.map((name) => [name, this.markers.of({ kind: "secret", name }, [])]));
  }

  /** A secret that is read as plain text may be computed with out of sight. */
  private patchConfig(): void {
    type GetImpl = (this: unknown, key: string, options: unknown, use?: unknown, insteadOf?: unknown) => unknown;
    const prototype = this.pulumi.Config.prototype as unknown as { getImpl: GetImpl };
    const original = prototype.getImpl;
    const { markers } = this;
    prototype.getImpl = function getImpl(key, options, use, insteadOf) {
      const value = original.call(this, key, use ? options : undefined, use, insteadOf);
      if (use && markers.has(value)) markers.note(value, "the program reads an encrypted value as plain text");
      return value;
    };
  }

  /** What is otherwise when the program is deployed: the environment, and that it is no preview. */
  private watchSurroundings(): void {
    const { markers, following, job } = this;
    const note = (what: string): void => {
      if (following.callerFile(4) === job.file) markers.note(undefined, `the program reads ${what}`);
    };
    const variable = (name: string | symbol): void => {
      if (typeof name === "string" && name !== "TZ") note(`the environment variable ${name}, which is not known here`);
    };
    process.env = new Proxy(process.env, {
      get: (target, name) => {
        variable(name);
        return Reflect.get(target, name);
      },
      has: (target, name) => {
        variable(name);
        return Reflect.has(target, name);
      },
    });
    const runtime = this.pulumi.runtime as { isDryRun: () => boolean };
    runtime.isDryRun = () => {
      if (following.callerFile(2) === job.file) {
        markers.note(
          undefined,
          "the program asks whether it is previewed, and may register other resources when it is not",
        );
      }
      return true;
    };
  }

  private patchMonitor(monitor: Monitor): void {
    // The types of all that it belongs to stand in a URN; the stack itself is left out.
    monitor.newUrn = (parent, type, name) => {
      const above = parent.split("::")[2] ?? "";
      const prefix = above === "" || above === "pulumi:pulumi:Stack" ? "" : `${above}$`;
      return [`urn:pulumi:${this.job.stack}`, this.job.project, prefix + type, name].join("::");
    };
    const register = monitor.registerResource.bind(monitor);
    const read = monitor.readResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
      const urn = monitor.newUrn(request.getParent(), request.getType(), request.getName());
      const provider = request.getProvider();
      const parent = request.getParent();
      this.resources.push({
        urn,
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        remote: request.getRemote(),
        ...(parent !== "" && { parent }),
        ...(provider !== "" && { provider }),
        aliases: [...request.getAliasurnsList(), ...request.getAliasesList().map((alias) => alias.getUrn())].filter(
          Boolean,
        ),
        inputs: request.getObject()?.toJavaScript() ?? {},
        ignoreChanges: request.getIgnorechangesList(),
      });
      this.current = { urn, read: false };
      return register(request, callback);
    };
    monitor.readResource = (request, callback) => {
      this.current = { urn: monitor.newUrn(request.getParent(), request.getType(), request.getName()), read: true };
      return read(request, callback);
    };
  }

  /** What the resource that is being registered or read is then: its inputs, and markers for all else. */
  private answer({ type, custom, id, inputs, name }: Pulumi.runtime.MockResourceArgs) {
    const { urn, read } = this.current!;
    if (!custom) return { id: undefined, state: inputs as Record<string, unknown> };
    const origin = read ? ({ kind: "read", name } as const) : ({ kind: "resource", urn } as const);
    const state: Record<string, unknown> = { ...inputs };
    for (const output of this.outputs.get(type) ?? []) {
      if (!Object.hasOwn(state, output)) state[output] = this.markers.of(origin, [output]);
    }
    return { id: read && id ? id : this.markers.of(origin, ["id"]), state };
  }

  /** A resource names what it gives when it is made; the request tells only what it is given. */
  private patchOutputNames(): void {
    type Register = (resource: unknown, parent: unknown, type: string, name: string, ...rest: unknown[]) => void;
    const module = this.load("@pulumi/pulumi/runtime/resource") as Record<
      "registerResource" | "readResource",
      Register
    >;
    for (const name of ["registerResource", "readResource"] as const) {
      const original = module[name];
      module[name] = (resource, parent, type, ...rest) => {
        const properties = rest.find((one) => typeof one === "object" && one !== null);
        const known = this.outputs.get(type) ?? new Set();
        for (const property of Object.keys(properties ?? {})) known.add(property);
        this.outputs.set(type, known);
        original(resource, parent, type, ...(rest as [string, ...unknown[]]));
      };
    }
  }

  private patchInvokes(): void {
    const runtime = this.pulumi.runtime as unknown as { invoke: Invoke<unknown>; invokeOutput: Invoke<unknown> };
    runtime.invokeOutput = (token, args, options) =>
      this.pulumi
        .all([args, this.providerOf(token, options)])
        .apply(this.following.trust(([inputs, provider]) => this.invoked(token, inputs, provider)));
    runtime.invoke = (token, args, options) => {
      const index = this.invokes.push({ token, inputs: {} }) - 1;
      const pending = this.pulumi.all([args, this.providerOf(token, options)]).apply(
        this.following.trust(([inputs, provider]) => {
          this.invokes[index] = { token, inputs: this.wire(inputs), ...(provider && { provider }) };
        }),
      );
      void pending;
      const value = this.markers.of({ kind: "invoke", index }, []);
      return this.following.promise(value, () => {
        this.markers.note(
          value,
          `the program awaits ${token}, which only AWS can answer; what ${token.replace(/^.*:/, "")}Output gives is followed`,
        );
      });
    };
  }

  private async providerOf(token: string, options: InvokeOptions = {}): Promise<string | undefined> {
    const provider = options.provider ?? options.parent?.getProvider(token);
    if (!provider) return undefined;
    const [urn, id] = await Promise.all([known(provider.urn), known(provider.id)]);
    return `${urn}::${id}`;
  }

  private invoked(token: string, inputs: Record<string, unknown>, provider: string | undefined): string {
    const index = this.invokes.push({ token, inputs: this.wire(inputs), ...(provider && { provider }) }) - 1;
    return this.markers.of({ kind: "invoke", index }, []);
  }

  /** Without what JSON has no word for. */
  private wire(inputs: unknown): Invoked["inputs"] {
    return JSON.parse(JSON.stringify(inputs ?? {})) as Invoked["inputs"];
  }

  /** The outputs of another stack. */
  private patchStackReferences(): void {
    type Get = (this: { name: unknown }, name: unknown) => unknown;
    const { markers, following, pulumi } = this;
    const get: Get = function get(name) {
      return pulumi
        .all([this.name, name])
        .apply(
          following.trust(([stack, output]) => markers.of({ kind: "read", name: String(stack) }, [String(output)])),
        );
    };
    Object.assign(pulumi.StackReference.prototype, { getOutput: get, requireOutput: get });
  }
}

const known = (output: Pulumi.Output<unknown>): Promise<unknown> =>
  (output as unknown as { promise(): Promise<unknown> }).promise();
