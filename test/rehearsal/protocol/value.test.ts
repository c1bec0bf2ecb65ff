import { encode } from "@msgpack/msgpack";
import { canonical, decodeValue, encodeValue, unknown, type Value } from "../../../rehearsal/protocol/value";
import fc from "../../properties";

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>(null, unknown, true, false),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string({ unit: "binary" }),
    fc.array(tie("value")),
    // A test below shows what becomes of the one name that is refused.
    fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      tie("value"),
    ),
  ),
}));

test("a value comes back from the wire as it was, with what is unknown", () => {
  fc.assert(
    fc.property(value, (sent) => {
      expect(canonical(decodeValue(encodeValue(sent)))).toBe(canonical(sent));
    }),
    { numRuns: 200 },
  );
});

test("unknown is extension 0, as Terraform writes it", () => {
  expect(Buffer.from(encodeValue({ id: unknown }).msgpack!).toString("hex")).toBe("81a26964d40000");
  expect(decodeValue({ msgpack: Buffer.from("d40000", "hex") })).toBe(unknown);
  // Extension 12 is an unknown value of which something is known.
  expect(decodeValue({ msgpack: Buffer.from("c7030c8101c2", "hex") })).toBe(unknown);
});

test("numbers that no double holds stay what they are", () => {
  expect(decodeValue({ msgpack: encode(2n ** 60n + 1n, { useBigInt64: true }) })).toBe("1152921504606846977");
  expect(decodeValue({ msgpack: encode(7n, { useBigInt64: true }) })).toBe(7);
});

test("a name that would change every object is refused; others that all inherit are names", () => {
  const sent = JSON.parse('{"__proto__": {"polluted": true}}');
  expect(() => decodeValue(encodeValue(sent))).toThrow(/__proto__/);
  expect(decodeValue(encodeValue({ constructor: 1 }))).toMatchObject({ constructor: 1 });
});

test("nothing is null, and JSON is read where Terraform sends it", () => {
  expect(decodeValue(undefined)).toBeNull();
  expect(decodeValue({ json: Buffer.from('{"a":[1]}') })).toEqual({ a: [1] });
});
