import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "../../property.ts";
import { stream } from "../../../engine/define/random.ts";

const seed = fc.maxSafeInteger();

/** xoroshiro128+ 24/16/37 (https://prng.di.unimi.it/xoroshiro128plus.c) on big integers; the low half of each number. */
function* reference(...seed: readonly unknown[]): Generator<number> {
  const digest = createHash("sha256")
    .update(JSON.stringify(["shiftline.stream", ...seed])).digest();
  const mask = (1n << 64n) - 1n;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (64n - k))) & mask;
  const word = (i: number) => BigInt(digest.readUInt32LE(4 * i));
  let [s0, s1] = [(word(0) << 32n) | word(1), (word(2) << 32n) | word(3)];
  while (true) {
    yield Number((s0 + s1) & 0xffffffffn);
    const mixed = s0 ^ s1;
    s0 = (rotate(s0, 24n) ^ mixed ^ (mixed << 16n)) & mask;
    s1 = rotate(mixed, 37n);
  }
}

Deno.test("stream() gives these first numbers, in every version", () => {
  const a = stream(3, "shuffle", 1);
  assert.deepEqual(Array.from({ length: 5 }, a.uint32), [
    392196589,
    4133072610,
    2559078193,
    440516511,
    1378361009,
  ]);
  const b = stream(-1, "init");
  assert.equal(b.uniform(), 0.2451070945624476);
  assert.equal(b.integer(1000), 22);
  assert.ok(Math.abs(b.normal() - 0.07169825047840352) < 1e-15);
  assert.deepEqual([...b.permutation(8)], [7, 5, 4, 1, 3, 2, 0, 6]);
});

Deno.test("stream() is xoroshiro128+ seeded with SHA-256", () => {
  fc.assert(
    fc.property(seed, fc.string(), fc.integer(), (seed, word, n) => {
      const numbers = stream(seed, word, n);
      const expected = reference(seed, word, n);
      for (let i = 0; i < 20; i++) {
        assert.equal(numbers.uint32(), expected.next().value);
      }
    }),
    { seed: 1 },
  );
});

Deno.test("stream() gives unrelated numbers for another seed, purpose or part of it", () => {
  const streams = [
    stream(1, "a"),
    stream(2, "a"),
    stream(1, "b"),
    stream(1),
    stream(1, "a", 1),
    stream(1, "a", "1"),
    stream(1, "a1"),
  ];
  const numbers = streams.map(({ uint32 }) => uint32());
  assert.equal(new Set(numbers).size, streams.length);
});

Deno.test("uniform() lies in [0, 1) and has the moments of its distribution", () => {
  const { uniform } = stream(1, "uniform");
  const n = 100_000;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = uniform();
    assert.ok(x >= 0 && x < 1);
    sum += x;
    squares += x * x;
  }
  // Five standard errors: 1/12 and 4/45 are the variances of x and x².
  assert.ok(Math.abs(sum / n - 1 / 2) < 5 * Math.sqrt(1 / 12 / n));
  assert.ok(Math.abs(squares / n - 1 / 3) < 5 * Math.sqrt(4 / 45 / n));
});

Deno.test("normal() is finite and has the moments of its distribution", () => {
  const { normal } = stream(1, "normal");
  const n = 100_000;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = normal();
    assert.ok(Number.isFinite(x));
    sum += x;
    squares += x * x;
  }
  assert.ok(Math.abs(sum / n) < 5 / Math.sqrt(n));
  assert.ok(Math.abs(squares / n - 1) < 5 * Math.sqrt(2 / n));
});

Deno.test("integer() lies below its bound and is uniform", () => {
  fc.assert(
    fc.property(
      seed,
      fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      (seed, bound) => {
        const drawn = stream(seed).integer(bound);
        assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn < bound);
      },
    ),
    { seed: 1 },
  );
  // With a modulo, the lower third would come twice as often as each of the others.
  const bound = 3 * 2 ** 30;
  const { integer } = stream(1, "integer");
  const counts = [0, 0, 0];
  for (let i = 0; i < 30_000; i++) {
    const third = Math.floor(integer(bound) / 2 ** 30);
    counts[third] = (counts[third] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 400);
});

Deno.test("permutation() has every number once, and every order alike", () => {
  fc.assert(
    fc.property(seed, fc.nat({ max: 200 }), (seed, n) => {
      assert.deepEqual(
        stream(seed).permutation(n).toSorted(),
        Uint32Array.from({ length: n }, (_, i) => i),
      );
    }),
    { seed: 1 },
  );
  const { permutation } = stream(1, "orders");
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = permutation(3).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 150);
});

Deno.test("stream() refuses a seed that is not an integer, and a purpose that has no name", () => {
  for (const seed of [0.5, NaN, 2 ** 53, Infinity, undefined, null]) {
    assert.throws(() => stream(seed as number), {
      name: "RangeError",
      message: `Cannot seed a stream: ${seed} is not an integer`,
    });
  }
  assert.throws(() => stream("3" as never), {
    message: 'Cannot seed a stream: "3" is not an integer',
  });
  for (const part of [NaN, -Infinity, undefined, null, true]) {
    assert.throws(() => stream(1, "epoch", part as number), {
      name: "RangeError",
      message: `Cannot seed a stream: ${part} names no purpose`,
    });
  }
});

Deno.test("integer() refuses a bound that is not an integer from 1 to 2^32", () => {
  const { integer } = stream(1);
  for (const bound of [0, -1, 1.5, 2 ** 32 + 1, NaN]) {
    assert.throws(() => integer(bound), {
      name: "RangeError",
      message:
        `Cannot draw an integer below ${bound}: the bound must be an integer from 1 to 2^32`,
    });
  }
});
