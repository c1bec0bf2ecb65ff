/** A real provider's binary, asked without Terraform: go-plugin's handshake, then the plugin protocol's version 5. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Client, credentials, type ServiceError } from "@grpc/grpc-js";
import { type DynamicValue, type MethodName, providerService, type Step } from "../../rehearsal/protocol/messages";

export interface WireAttribute {
  readonly name: string;
  readonly type: Uint8Array;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly write_only: boolean;
}

export interface WireBlock {
  readonly attributes: readonly WireAttribute[];
  readonly block_types: readonly { readonly type_name: string; readonly block: WireBlock; readonly nesting: number }[];
}

export interface WireSchema {
  readonly version: number;
  readonly block: WireBlock;
}

export interface Planned {
  readonly planned_state: DynamicValue;
  readonly requires_replace: readonly { readonly steps: readonly Step[] }[];
  /** Whether SDK 2 made it, and not the newer framework. */
  readonly legacy_type_system: boolean;
  readonly diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail: string }[];
}

/** Started again when it dies: what is invented for it is more than some types expect. */
export class Provider {
  private process?: ChildProcess;
  private client?: Client;
  private address?: { readonly Network: string; readonly String: string };
  private settings?: object;

  constructor(
    private readonly path: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  async configure(settings: object): Promise<void> {
    this.settings = settings;
    await this.call("ConfigureProvider", settings);
  }

  /** @throws if the provider died of the question */
  async call<Response>(method: MethodName, request: object): Promise<Response> {
    if (!this.client) await this.start();
    try {
      return await this.send<Response>(method, request);
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  /**
   * What attaches the running process to Terraform, as TF_REATTACH_PROVIDERS has it for each source. Aliases share its
   * one configuration.
   */
  async attachment(): Promise<object> {
    if (!this.client) await this.start();
    return { Protocol: "grpc", ProtocolVersion: 5, Pid: this.process!.pid, Test: true, Addr: this.address };
  }

  stop(): void {
    this.client?.close();
    this.process?.kill();
    this.client = undefined;
  }

  /** The cookie, and the line that answers it, are go-plugin's handshake. */
  private async start(): Promise<void> {
    this.process = spawn(this.path, [], {
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        ...this.environment,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "5",
      },
    });
    const { value: line } = await createInterface(this.process.stdout!)[Symbol.asyncIterator]().next();
    const [, , network, address] = String(line).split("|");
    this.address = { Network: network, String: address };
    this.client = new Client(network === "unix" ? `unix:${address}` : address, credentials.createInsecure(), {
      "grpc.max_receive_message_length": 256 << 20,
    });
    if (this.settings) await this.send("ConfigureProvider", this.settings);
  }

  private send<Response>(method: MethodName, request: object): Promise<Response> {
    const { path, requestSerialize, responseDeserialize } = service[method];
    return new Promise((resolve, reject) => {
      this.client!.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        { deadline: Date.now() + 10_000 },
        (error: ServiceError | null, response?: unknown) => (error ? reject(error) : resolve(response as Response)),
      );
    });
  }
}

const service = providerService(5);
