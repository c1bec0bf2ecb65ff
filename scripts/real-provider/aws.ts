/** What answers in AWS's stead: a few types ask AWS whether it would take their definition, even to plan them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** By the operation's name, as the header `X-Amz-Target` of the JSON protocols tells it. */
const answers: Readonly<Record<string, object>> = {
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
  ValidateStateMachineDefinition: { result: "OK", diagnostics: [] },
};

export class StandIn {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<StandIn> {
    const server = createServer();
    const standIn = new StandIn(server);
    server.on("request", (request: IncomingMessage, response: ServerResponse) => standIn.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return standIn;
  }

  /**
   * What makes an SDK of AWS ask here (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html), and
   * nothing of the settings that somebody has here.
   */
  get environment(): NodeJS.ProcessEnv {
    return {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name))),
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
    };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const [operation = ""] = /\w*$/.exec(String(request.headers["x-amz-target"] ?? "")) ?? [];
    const answer = Object.hasOwn(answers, operation) ? answers[operation] : undefined;
    response.writeHead(answer ? 200 : 400, { "Content-Type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(answer ?? { __type: "AccessDeniedException" }));
  }
}
