import { Reduction } from "../../../scripts/fidelity/reduction";
import type { RealAttribute, RealBlock } from "../../../scripts/fidelity/schema";

const text = (required = false, written = true): RealAttribute => ({ type: "string", required, written });
const block = (attributes: Record<string, RealAttribute>, blocks: Record<string, RealBlock> = {}): RealBlock => ({
  attributes: new Map(Object.entries(attributes)),
  blocks: new Map(Object.entries(blocks).map(([name, inner]) => [name, { set: false, block: inner }])),
});

const types: Readonly<Record<string, RealBlock>> = {
  aws_old: block({ id: text(false, false), name: text(true), note: text() }, { part: block({ of: text(true) }) }),
};
const reduce = (resource: Record<string, Record<string, Record<string, string | object>>>) => {
  const reduction = new Reduction({ block: (_mode, type) => types[type] });
  const output = { kept: { value: "${aws_old.a.id}" }, gone: { value: "${aws_new.n.id}" } };
  const body = reduction.body({ resource: resource as never, data: {}, output }, new Set(["var.other_arn"]));
  return { ...body, dropped: Object.fromEntries(reduction.dropped) };
};

test("types, arguments and blocks that a version does not have go, with what refers to them", () => {
  const { resource, output, dropped } = reduce({
    aws_new: { n: { name: "n" } },
    aws_old: {
      a: { name: "a", fresh: "1", note: "${aws_new.n.arn}", part: [{ of: "${aws_old.b.id}" }, { of: "x" }] },
      b: { name: "${aws_new.n.name}" },
      c: { name: "c", note: "${aws_old.a.fresh}", depends_on: ["aws_new.n", "aws_old.a"] },
      d: { name: "${var.other_arn}" },
    },
  });
  expect(resource).toEqual({
    aws_old: { a: { name: "a", part: [{ of: "x" }] }, c: { name: "c", depends_on: ["aws_old.a"] } },
  });
  expect(Object.keys(output)).toEqual(["kept"]);
  expect(dropped).toEqual({
    aws_new: 1,
    aws_old: 2,
    "aws_old.fresh": 1,
    "aws_old.name": 2,
    "aws_old.note": 2,
    "aws_old.part.of": 1,
  });
});

test("what a version has stays as it is", () => {
  const resource = { aws_old: { a: { name: "${aws_old.b.id}", part: [{ of: "x" }] }, b: { name: "b" } } };
  expect(reduce(resource)).toMatchObject({ resource, dropped: {} });
});
