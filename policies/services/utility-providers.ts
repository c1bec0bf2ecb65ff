/**
 * HashiCorp's small providers that stand beside `hashicorp/aws` in most projects. They work on the machine that runs
 * Terraform and keep their results in the state, which the backend places.
 */
import { type Entry, harmless, inert, service, uses } from "../flows/vocabulary";

const page = (provider: string, kind: "resources" | "data-sources" | "ephemeral-resources", name: string): string =>
  `https://registry.terraform.io/providers/hashicorp/${provider}/latest/docs/${kind}/${name}`;

const KEPT = "what HashiCorp's utility providers make is kept on the machine that runs Terraform and in the state";

/** Resources of one provider: names without the provider's, each with what it does. */
const resources = (provider: string, types: Readonly<Record<string, string>>): Record<string, Entry> =>
  Object.fromEntries(
    Object.entries(types).map(([name, what]) => [
      `${provider}_${name}`,
      {
        ...inert(what, page(provider, "resources", name), { triggers: harmless("values kept in the state") }),
        placement: { global: KEPT },
      },
    ]),
  );

const sources = (provider: string, types: Readonly<Record<string, string>>): Record<string, Entry> =>
  Object.fromEntries(
    Object.entries(types).map(([name, what]) => [
      `data.${provider}_${name}`,
      inert(what, page(provider, "data-sources", name)),
    ]),
  );

const block = (provider: string): Record<string, Entry> => ({
  [`provider.${provider}`]: inert(
    "needs no configuration and talks to nobody",
    `https://registry.terraform.io/providers/hashicorp/${provider}/latest/docs`,
  ),
});

export default service("Terraform utility providers", {
  ...block("random"),
  ...resources("random", {
    bytes: "makes random bytes up",
    id: "makes a random id up",
    integer: "makes a random number up",
    password: "makes a password up",
    pet: "makes a random name up",
    shuffle: "puts a list into random order",
    string: "makes a random text up",
    uuid: "makes a UUID up",
    uuid4: "makes a UUID up",
    uuid7: "makes a UUID up",
  }),
  ...block("null"),
  ...resources("null", { resource: "does nothing; its provisioners are judged themselves" }),
  ...sources("null", { data_source: "hands values on" }),
  ...block("time"),
  ...resources("time", {
    offset: "keeps a date",
    rotating: "keeps a date",
    sleep: "waits",
    static: "keeps a date",
  }),
  ...block("local"),
  ...resources("local", {
    file: "writes a file on the machine that runs Terraform",
    sensitive_file: "writes a file on the machine that runs Terraform",
  }),
  ...sources("local", {
    file: "reads a file of the machine that runs Terraform",
    sensitive_file: "reads a file of the machine that runs Terraform",
  }),
  ...block("archive"),
  ...resources("archive", { file: "writes an archive on the machine that runs Terraform" }),
  ...sources("archive", { file: "writes an archive on the machine that runs Terraform" }),
  ...resources("tls", {
    cert_request: "makes a request for a certificate",
    locally_signed_cert: "signs a certificate",
    private_key: "makes a key, which is kept in the state",
    self_signed_cert: "makes a certificate",
  }),
  // A certificate is looked at by connecting to its server, which is told nothing but the name asked for.
  ...sources("tls", { public_key: "the public half of a key", certificate: "looks at a server's certificate" }),
  "provider.tls": inert("needs no configuration", "https://registry.terraform.io/providers/hashicorp/tls/latest/docs", {
    proxy: uses("the way to servers whose certificates are looked at"),
  }),
  ...block("external"),
  ...block("http"),
  ...block("cloudinit"),
  ...sources("cloudinit", { config: "puts files together for an instance, which is judged itself" }),
  ...Object.fromEntries(
    ["random_password", "tls_private_key"].map((type) => [
      `ephemeral.${type}`,
      inert("makes a secret up; it is not kept", page(type.split("_")[0], "ephemeral-resources", type.split("_")[1])),
    ]),
  ),
});
