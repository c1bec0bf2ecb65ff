/** The keys of tokens, one for each purpose, derived from the site's key, which never leaves KMS. */
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { setting } from "./settings";

const client = new KMSClient({});

/**
 * The key of a purpose: what KMS answers when the site's HMAC key is applied to the purpose's name, which is the key
 * derivation of NIST SP 800-108 with one block. It is held in memory only.
 *
 * @param generation which of the site's keys
 * @returns 32 bytes
 */
export async function purposeKey(purpose: string, generation: number): Promise<Uint8Array> {
  const { Mac } = await client.send(
    new GenerateMacCommand({
      KeyId: `alias/${setting("PSEUDONYM_KEYS")}-${generation}`,
      MacAlgorithm: "HMAC_SHA_256",
      Message: Buffer.from(`purpose:${purpose}`),
    }),
  );
  if (Mac?.length !== 32) throw new Error(`KMS gave no key for the purpose ${purpose}`);
  return Mac;
}
