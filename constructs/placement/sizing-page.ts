/** The sizing of an enclave as a page to read. */
import type { Enclave, Site } from "../declaration";
import { loadOf } from "../declaration/sizing";

/** The page in Markdown; empty for an enclave that places nobody. */
export function sizingPage({ sites, placement }: Pick<Enclave, "sites" | "placement">): string {
  if (!placement) return "";
  const { perUser, growth, homes } = placement;
  const users = homes.flatMap((home) => Object.values(home.users)).reduce((sum, n) => sum + n, 0);
  const rows = sites.map((site) => rowOf(site, loadOf(site.name, placement)));
  return `# Sizing

Computed from \`enclave.ts\`: ${whole(users)} monthly users, each with ${perUser.objectsMib} MiB of objects,
${perUser.relationalKib} KiB in databases and ${perUser.recordsKib} KiB of records, growing by
${Math.round(growth.perYear * 100)} % a year for ${growth.years} years. Sizes are in TiB.

| site | users at home | objects | room for objects | databases | room for blocks | records | copies for other sites |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

Objects and databases of a site with Outposts stand on its racks, whose room is finite; records, and copies kept for
other sites, stand in the site's region. A copy is kept for each user at the second site: the replication factor is 2.
`;
}

function rowOf(site: Site, load: ReturnType<typeof loadOf>): string {
  const room = (tier: "objects" | "blocks") => {
    const racks = site.dataCentres.flatMap(({ outposts }) => outposts);
    return racks.length === 0
      ? "the region's"
      : tib(racks.reduce((sum, rack) => sum + (rack.capacity?.[tier] ?? 0), 0));
  };
  const cells = [
    whole(load.users),
    tib(load.objects),
    room("objects"),
    tib(load.blocks),
    room("blocks"),
    tib(load.records),
    tib(load.copies),
  ];
  return `| ${site.name} | ${cells.join(" | ")} |`;
}

const whole = (n: number): string => n.toLocaleString("en");
const tib = (n: number): string => n.toFixed(1);
