import { Callbacks } from "../../../../policies/configuration/pulumi/program/callbacks";

const callbacks = new Callbacks(() => require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js"));
/** A callback as it would stand in a program; the compiler of the tests leaves it as it is. */
const kind = (text: string) => callbacks.kindOf(new Function(`return (${text})`)() as (value: never) => unknown);

test.each([
  "(arn) => `${arn}/*`",
  "arn => arn",
  "(arn) => arn + '/*'",
  "([a, b]) => JSON.stringify({ Statement: [{ Resource: [a, `${b}/*`], Action: 's3:*' }] }, null, 2)",
  "({ host, port }) => ({ url: 'https://' + host + ':' + port })",
  "function policy(name) { const arn = `arn:aws:s3:::${name}`; return JSON.stringify({ Resource: arn, [`${name}:aud`]: 'x' }); }",
  "(zones) => zones.names[0]",
  "(a) => [a, 'x'].join(',')",
])("only puts values into texts: %s", (text) => {
  expect(kind(text)).toBe("template");
});

test.each([
  "(arn) => arn.split(':')[4]",
  "(arn) => arn.startsWith('arn:aws:') ? 'a' : arn",
  "(arn) => arn === 'x' ? [] : [arn]",
  "(port) => port + 1",
  "(arn) => ({ eu: 'eu-west-1' })[arn]",
  "(ids) => ids.map((id) => id.toUpperCase()).filter(Boolean)",
  "(arn) => { if (arn) { return 'a'; } return 'b'; }",
  "(text) => JSON.parse(text).Statement",
  "(arn) => ({ ...arn })",
  "(url) => new URL(url).host",
  "(arn) => arn?.name",
])("computes, but registers nothing: %s", (text) => {
  expect(kind(text)).toBe("pure");
});

test.each([
  "(id) => new Bucket('b', { id })",
  "(id) => make(id)",
  "async (id) => id",
  "function* (id) { yield id; }",
  "(id) => { seen = id; return id; }",
  "(id) => ids.push(id)",
  "(id) => helper.slice(id)",
  "(id = make()) => id",
  "(id) => interpolate`${id}`",
  "(id) => { class A {}; return id; }",
  "Math.max",
])("may do anything: %s", (text) => {
  expect(kind(text)).toBe("other");
});
