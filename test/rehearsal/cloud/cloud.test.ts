import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cloud, type CloudResource } from "../../../rehearsal/cloud/cloud";

const folder = mkdtempSync(join(tmpdir(), "cloud-"));
afterAll(() => rmSync(folder, { recursive: true }));

const resource = (id: string): CloudResource => ({
  type: "aws_vpc",
  id,
  account: "111111111111",
  region: "eu-west-1",
  values: { id },
});

test("a cloud outlives the process, whatever it was doing when it ended", () => {
  const path = join(folder, "cloud.jsonl");
  const cloud = new Cloud(path);
  for (const id of ["a", "b", "c"]) cloud.put(resource(id));
  cloud.delete(resource("b"));
  cloud.close();
  appendFileSync(path, '{"put":{"type":"aws_vpc","id":"torn');
  const again = new Cloud(path);
  expect(again.all().map(({ id }) => id)).toEqual(["a", "c"]);
  again.put(resource("d"));
  again.close();
  expect(new Cloud(path).all().map(({ id }) => id)).toEqual(["a", "c", "d"]);
  expect(readFileSync(path, "utf8").split("\n")).toHaveLength(4);
});

test("the same id in another region is another resource", () => {
  const cloud = new Cloud();
  cloud.put(resource("a"));
  cloud.put({ ...resource("a"), region: "eu-north-1" });
  expect(cloud.all()).toHaveLength(2);
  cloud.delete(resource("a"));
  expect(cloud.all().map(({ region }) => region)).toEqual(["eu-north-1"]);
});
