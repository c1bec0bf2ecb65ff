/**
 * The provider as a server on a socket of its own, attached to Terraform by the environment. Each connection gets a
 * gRPC server and a session of its own, because each is one provider configuration: that is how aliases, and several
 * runs of Terraform at once, keep their regions and accounts apart.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket, type Server as SocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { Cloud } from "./cloud/cloud";
import { type Fault, Faults } from "./cloud/faults";
import { type Encoded, type MethodName, providerService } from "./protocol/messages";
import { Crash, type Request, Session, type Standing } from "./provider/session";
import { allTypes, schemaResponse, type Types } from "./schema/response";

export interface RehearsalOptions {
  /** File that keeps the cloud between runs; in memory alone if left out. */
  readonly file?: string;
  readonly faults?: readonly Fault[];
  /** What stood before Terraform knew of it, and can be imported. */
  readonly before?: readonly Standing[];
  /** The types that the provider tells Terraform of; all if left out. */
  readonly types?: Types;
}

/** The sources under which a configuration may name the provider: Terraform's registry and OpenTofu's. */
const sources = ["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"];

export class Rehearsal {
  readonly cloud: Cloud;
  private faults: Faults;
  private readonly connections = new Set<Socket>();
  private readonly folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  private readonly socket = join(this.folder, "provider.sock");
  private readonly server: SocketServer;
  private readonly types: Types;
  private readonly before: readonly Standing[];
  /** Made once, sent with every run of Terraform. */
  private encoded?: Encoded;

  private constructor({ file, faults, types = allTypes(), before = [] }: RehearsalOptions) {
    this.types = types;
    this.before = before;
    this.cloud = new Cloud(file);
    this.faults = new Faults(faults);
    this.server = createServer((connection) => this.serve(connection));
  }

  static async start(options: RehearsalOptions = {}): Promise<Rehearsal> {
    const rehearsal = new Rehearsal(options);
    await new Promise<void>((resolve, reject) => {
      rehearsal.server.once("error", reject);
      rehearsal.server.listen(rehearsal.socket, resolve);
    });
    return rehearsal;
  }

  /** What attaches the provider to a run of Terraform. */
  get environment(): { readonly TF_REATTACH_PROVIDERS: string } {
    const attached = {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "unix", String: this.socket },
    };
    return { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(sources.map((source) => [source, attached]))) };
  }

  /** Replaces the faults that were ordered. */
  order(faults: readonly Fault[]): void {
    this.faults = new Faults(faults);
  }

  /** Cuts every connection, as a provider does that dies. */
  die(): void {
    for (const connection of this.connections) connection.destroy();
  }

  async stop(): Promise<void> {
    this.die();
    await new Promise((resolve) => this.server.close(resolve));
    this.cloud.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private schema(): Encoded {
    this.encoded ??= schemaResponse(this.types);
    return this.encoded;
  }

  private serve(connection: Socket): void {
    this.connections.add(connection);
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    const session = new Session(this.cloud, this.faults, () => this.schema(), this.before);
    const definition = providerService();
    server.addService(definition, this.methods(definition, session));
    connection.on("error", () => connection.destroy());
    connection.on("close", () => {
      this.connections.delete(connection);
      server.forceShutdown();
    });
    server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(connection);
  }

  private methods(definition: ServiceDefinition, session: Session): UntypedServiceImplementation {
    const methods: Record<string, handleUnaryCall<Request, object>> = {};
    for (const name of Object.keys(definition) as MethodName[]) {
      methods[name] = async ({ request }, respond) => {
        try {
          respond(null, await session[name](request));
        } catch (error) {
          if (error instanceof Crash) this.die();
          else respond({ code: status.INTERNAL, details: (error as Error).message });
        }
      };
    }
    return methods;
  }
}
