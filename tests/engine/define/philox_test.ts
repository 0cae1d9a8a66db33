import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  drawsOf,
  philox4x32,
  philoxKey,
} from "../../../engine/define/philox.ts";

// Known answers of Random123 (tests/kat_vectors, "philox4x32 10"): counter, key, result.
const KNOWN = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const;

for (const [counter, key, result] of KNOWN) {
  Deno.test(`philox4x32() gives the known answer of counter ${counter}`, () => {
    const block = Uint32Array.from(counter);
    philox4x32(block, key);
    assert.deepEqual([...block], [...result]);
  });
}

Deno.test("philox4x32() agrees with products of 64 bits", () => {
  const word = fc.nat(2 ** 32 - 1);
  const words = fc.tuple(word, word, word, word);
  fc.assert(fc.property(words, fc.tuple(word, word), (counter, key) => {
    let [a, b, c, d] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
    let [k0, k1] = key.map(BigInt) as [bigint, bigint];
    const low = 0xffffffffn;
    for (let round = 0; round < 10; round++) {
      const [p, q] = [0xd2511f53n * a, 0xcd9e8d57n * c];
      [a, b, c, d] = [
        (q >> 32n) ^ b ^ k0,
        q & low,
        (p >> 32n) ^ d ^ k1,
        p & low,
      ];
      [k0, k1] = [(k0 + 0x9e3779b9n) & low, (k1 + 0xbb67ae85n) & low];
    }
    const block = Uint32Array.from(counter);
    philox4x32(block, key);
    assert.deepEqual([...block], [a, b, c, d].map(Number));
  }));
});

Deno.test("philoxKey() differs by seed and by purpose, and stays the same", () => {
  assert.deepEqual(philoxKey(3, "augment"), philoxKey(3, "augment"));
  const keys = [
    philoxKey(3, "augment"),
    philoxKey(4, "augment"),
    philoxKey(3, "dropout"),
  ];
  assert.equal(new Set(keys.map(String)).size, 3);
});

Deno.test("philoxKey() throws without a seed or a purpose that can be named", () => {
  for (const seed of [0.5, NaN, undefined]) {
    assert.throws(() => philoxKey(seed as number, "augment"), {
      name: "RangeError",
      message: `Cannot seed a key: ${seed} is not an integer`,
    });
  }
  for (const part of [NaN, Infinity, undefined, null]) {
    assert.throws(() => philoxKey(1, "augment", part as number), {
      name: "RangeError",
      message: `Cannot seed a key: ${part} names no purpose`,
    });
  }
});

Deno.test("drawsOf() refuses an epoch that is not an integer of 32 bits", () => {
  for (const epoch of [undefined, NaN, -1, 0.5, 2 ** 32]) {
    assert.throws(() => drawsOf([1, 2], epoch as number), {
      name: "RangeError",
      message:
        `Cannot draw in epoch ${epoch}: it must be an integer from 0 to 2^32 - 1`,
    });
  }
  assert.ok(drawsOf([1, 2], 2 ** 32 - 1)(0, 0) < 1);
});

Deno.test("drawsOf() gives the same draw whatever was drawn before", () => {
  const place = fc.tuple(fc.nat(1000), fc.nat(40));
  const key = philoxKey(1, "test");
  fc.assert(fc.property(fc.array(place), place, (before, [i, j]) => {
    const draw = drawsOf(key, 2);
    for (const [otherI, otherJ] of before) draw(otherI, otherJ);
    assert.equal(draw(i, j), drawsOf(key, 2)(i, j));
  }));
});

Deno.test("drawsOf() draws multiples of 2⁻²⁴ that fill [0, 1) evenly", () => {
  const counts = new Uint32Array(16);
  const draw = drawsOf(philoxKey(2, "test"), 1);
  for (let i = 0; i < 2_000; i++) {
    for (let j = 0; j < 8; j++) {
      const value = draw(i, j);
      assert.ok(value >= 0 && value < 1);
      assert.equal(Math.fround(value), value);
      assert.ok(Number.isInteger(value * 2 ** 24));
      const cell = Math.floor(16 * value);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  // 1,000 are expected in each; five standard deviations are 153.
  assert.ok(
    counts.every((count) => Math.abs(count - 1_000) < 153),
    `${counts}`,
  );
});

Deno.test("drawsOf() draws otherwise in another epoch and with another key", () => {
  const list = (key: string, epoch: number) => {
    const draw = drawsOf(philoxKey(1, key), epoch);
    return Array.from({ length: 12 }, (_, j) => draw(0, j));
  };
  const drawn = [...list("a", 1), ...list("a", 2), ...list("b", 1)];
  assert.equal(new Set(drawn).size, drawn.length);
});
