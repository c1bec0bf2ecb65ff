import { dataCentresOf, loadOf, type Sizing } from "../../../constructs/declaration";
import { Directory, sizingPage } from "../../../constructs/placement";
import { enclave } from "../../../enclave";
import { estate } from "../fixtures";
import { ofType, only, resourcesOf } from "../synthesis";

const placement = enclave.placement!;
const eea = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" ");

describe("the declared placement", () => {
  it("gives each of the 30 countries and the United Kingdom one home", () => {
    const placed = placement.homes.flatMap(({ users }) => Object.keys(users));
    expect(placed.sort()).toEqual([...eea, "GB"].sort());
  });

  it("places 150 million users", () => {
    const users = placement.homes.flatMap((home) => Object.values(home.users)).reduce((sum, n) => sum + n, 0);
    expect(users).toBe(150_000_000);
  });

  it("has every data centre copy to one of the users' second site", () => {
    const copies = dataCentresOf(enclave).map(({ name, replicatesTo }) => [name, replicatesTo]);
    expect(Object.fromEntries(copies)).toEqual({
      "dublin-1": ["dublin-2", "hamar"],
      "dublin-2": ["dublin-1", "hamar"],
      hamar: ["dublin-1"],
    });
  });
});

describe("the load of a site", () => {
  const sizing: Sizing = {
    homes: [
      { home: "a", second: "b", users: { IE: 2 ** 20 } },
      { home: "b", second: "a", users: { NO: 2 ** 19, SE: 2 ** 19 } },
      { home: "b", second: "c", users: { FI: 2 ** 20 } },
    ],
    perUser: { objectsMib: 2, relationalKib: 2 ** 10, recordsKib: 2 ** 11 },
    growth: { perYear: 1, years: 2 },
  };

  it("is that of its own users and of those it keeps copies for, grown", () => {
    expect(loadOf("a", sizing)).toEqual({ users: 2 ** 20, objects: 8, blocks: 4, records: 16, copies: 8 });
    expect(loadOf("b", sizing)).toEqual({ users: 2 ** 21, objects: 16, blocks: 8, records: 24, copies: 8 });
    expect(loadOf("c", sizing)).toEqual({ users: 0, objects: 0, blocks: 0, records: 8, copies: 8 });
  });

  it("is what it is today when nothing grows", () => {
    expect(loadOf("a", { ...sizing, growth: { perYear: 0, years: 9 } }).objects).toBe(2);
  });
});

describe("the sizing page", () => {
  it("has a row for each site, with the room on its racks", () => {
    const rows = sizingPage(enclave)
      .split("\n")
      .filter((line) => /^\| (dublin|hamar) /.test(line));
    expect(rows).toEqual([
      "| dublin | 140,210,000 | 4271.4 | the region's | 11.1 | the region's | 6.0 | 298.2 |",
      "| hamar | 9,790,000 | 298.2 | 345.0 | 0.8 | 200.0 | 6.0 | 4271.4 |",
    ]);
  });

  it("is empty where nobody is placed", () => {
    expect(sizingPage({ sites: enclave.sites })).toBe("");
  });
});

describe("Directory", () => {
  const build = (region: string) =>
    resourcesOf((stack) => {
      new Directory(stack, "directory", {
        tableName: "directory",
        estate,
        region: "eu-west-1",
        keyArn: "arn:aws:kms:eu-west-1:111111111111:key/k",
        replicas: [{ region, keyArn: `arn:aws:kms:${region}:111111111111:key/k` }],
        residences: [{ country: "NO", home: "hamar", second: "dublin" }],
      });
    });

  it("is a table at both sites with an entry for each country", () => {
    const resources = build("eu-north-1");
    expect(only(resources, "aws_dynamodb_table").values.replica[0].region_name).toBe("eu-north-1");
    const [item, ...more] = ofType(resources, "aws_dynamodb_table_item");
    expect(more).toEqual([]);
    expect(JSON.parse(item.values.item)).toEqual({
      id: { S: "country#NO" },
      home: { S: "hamar" },
      second: { S: "dublin" },
    });
  });

  it("has no copy in Singapore", () => {
    expect(() => build("ap-southeast-1")).toThrow("ap-southeast-1 is not a region of the estate");
  });
});
