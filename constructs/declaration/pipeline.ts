/** Where Terraform's state is kept and from where plans are made and applied. */
import { z } from "zod";
import type { Problem } from "./rules";
import { network } from "./values";

export const pipelineSchema = z.strictObject({
  /**
   * `local`: states lie beside the declaration, and nothing is needed. `s3`: they lie in the pipeline's bucket, which has
   * to be there first: apply the stack `pipeline` with `local`, then change to `s3` and let Terraform move the states.
   */
  backend: z.enum(["local", "s3"], { error: "must be local or s3" }).default("local"),
  /** Account of the bucket and the runner. */
  account: z.string(),
  /** Region of a site. */
  region: z.string(),
  /** Network of the runner. */
  network: z.strictObject({ zones: z.array(z.string()).min(1, "must name a zone"), ...network.shape }),
});

export type PipelineShape = z.output<typeof pipelineSchema>;

/** What a declaration says beside, as far as the pipeline depends on it. */
export interface Delivered {
  readonly accounts: Readonly<Record<string, string>>;
  readonly sites: Readonly<Record<string, { readonly region: string }>>;
}

/** Everything that is wrong with the pipeline but its zones. */
export function pipelineProblems({ account, region }: PipelineShape, { accounts, sites }: Delivered): Problem[] {
  const at = (field: string) => ["pipeline", field];
  return [
    ...(Object.hasOwn(accounts, account)
      ? []
      : [{ path: at("account"), message: `"${account}" is not one of accounts` }]),
    ...(Object.values(sites).some((site) => site.region === region)
      ? []
      : [{ path: at("region"), message: `no site is in ${region}: plans and states would leave the sites` }]),
  ];
}
