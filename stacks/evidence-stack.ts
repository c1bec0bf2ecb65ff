import type { Construct } from "constructs";
import {
  AccountBlock,
  type Enclave,
  EvidenceArchive,
  evidenceBucketName,
  evidenceWriters,
  Findings,
  KeyRing,
  type NamedRole,
  namedTrail,
  type Oversight,
  oversightNames,
  pipelineNames,
  regionsOf,
} from "../constructs";
import { estateOf, RegionalStack } from "./regional-stack";

export interface EvidenceStackProps {
  readonly enclave: Enclave;
  readonly oversight: Oversight;
  /** A region of a site. */
  readonly region: string;
}

/** What the partner's account has once in a region: the switches against public access, the evidence, the findings. */
export class EvidenceStack extends RegionalStack {
  readonly archive: EvidenceArchive;

  constructor(scope: Construct, { enclave, oversight, region }: EvidenceStackProps) {
    const { account } = oversight;
    super(scope, `evidence-${region}`, { enclave, account, region });
    const estate = estateOf(enclave);
    const keys = new KeyRing(this, "keys", {
      name: oversightNames(enclave).desk,
      account: account.id,
      region,
      estate,
      keys: { "default-volumes": {} },
    });
    new AccountBlock(this, "block", { account: account.id, volumeKeyArn: keys.arn("default-volumes") });
    this.archive = new EvidenceArchive(this, "archive", {
      bucketName: evidenceBucketName(enclave, region),
      account: account.id,
      region,
      estate,
      watched: enclave.accounts.filter(({ id }) => id !== account.id).map(({ id }) => id),
      writers: evidenceWriters(enclave, region),
      reporters: region === oversight.region ? runnerOf(enclave) : [],
      lockDays: oversight.evidence,
      trailArn: trailOf(enclave, oversight).arn,
    });
    new Findings(this, "findings", {
      gatheredFrom: region === oversight.region ? regionsOf(enclave).filter((other) => other !== region) : [],
    });
  }
}

/** The pipeline's runner delivers the report of every proof to the partner's region. */
const runnerOf = (enclave: Enclave): NamedRole[] =>
  enclave.pipeline ? [{ account: enclave.pipeline.account.id, roleName: pipelineNames(enclave).runner }] : [];

/** The organization's trail, which stands in the partner's region; with a partner there is a management account. */
export const trailOf = (enclave: Enclave, { region }: Oversight) =>
  namedTrail(oversightNames(enclave).trail, region, enclave.management!.id);
