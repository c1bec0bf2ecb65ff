/** The last step of the state machines: ends what is still open, however the request came to its end. */
import { DescribeSessionsCommand, SSMClient, TerminateSessionCommand } from "@aws-sdk/client-ssm";
import { record } from "../common/evidence";
import { endRequest, findRequest } from "../common/ledger";
import { setting } from "../common/settings";

export interface CloseEvent {
  readonly id: string;
  readonly outcome: "ended" | "delivered" | "declined" | "expired" | "failed";
}

const client = new SSMClient({});

export async function handler({ id, outcome }: CloseEvent): Promise<void> {
  const { kind } = await findRequest(id);
  await endRequest(id);
  const terminated = kind === "access" ? await terminateSessions(id) : [];
  await record({ request: id, kind, event: "closed", details: { outcome, terminated } }, new Date());
}

/**
 * Sessions on hosts outlive the credentials that they were started with, so they are ended one by one.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeSessions.html, "Filters"
 */
async function terminateSessions(id: string): Promise<string[]> {
  const role = setting("SESSION_ROLE").split("/").at(-1);
  const Owner = `arn:aws:sts::${setting("ACCOUNT")}:assumed-role/${role}/${id}`;
  const terminated: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeSessionsCommand({ State: "Active", Filters: [{ key: "Owner", value: Owner }], NextToken }),
    );
    for (const { SessionId } of page.Sessions ?? []) {
      await client.send(new TerminateSessionCommand({ SessionId }));
      terminated.push(SessionId!);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return terminated;
}
