import assert from "node:assert/strict";
import {
  LINKED_STYLES,
  linkStyles,
  ownStyleOf,
} from "../../../data/drawings/linked_styles.ts";
import { someTypefaces, typefaces } from "../../../data/drawings/typefaces.ts";

const CLASSES = [..."0123456789"];
/** Every digit of two families of each style, the first of them in two faces. */
const families = someTypefaces("evaluation", 18).flatMap(({ family }, i) =>
  Array.from({ length: i % 2 === 0 ? 20 : 10 }, () => family)
);
const glyphs = {
  families,
  images: {
    images: new Uint8Array(families.length),
    labels: Uint8Array.from(families, (_, i) => i % 10),
    shape: [1, 1, 1] as const,
    classes: CLASSES,
  },
};

function styleOf(glyph: number): number {
  const { style } = typefaces.find(({ family }) =>
    family === families[glyph]
  ) ?? {};
  return LINKED_STYLES.findIndex((linked) => linked === style);
}

function drawn(p: number, n = 4000) {
  return linkStyles(glyphs, { n, p, seed: 3, subset: "test" });
}

Deno.test("linkStyles() draws a digit in its own style as often as p says, and by chance", () => {
  for (const p of [0, 0.8, 1]) {
    const { indices, byOwnStyle, byStyle } = drawn(p);
    let own = 0;
    for (const [i, glyph] of indices.entries()) {
      const digit = glyph % 10;
      const style = styleOf(glyph);
      own += style === ownStyleOf(digit) ? 1 : 0;
      assert.equal(
        byOwnStyle.names[byOwnStyle.of[i] ?? -1],
        `${digit} in ${
          style === ownStyleOf(digit) ? "its own style" : "another style"
        }`,
      );
      assert.equal(
        byStyle.names[byStyle.of[i] ?? -1],
        `${digit} in ${LINKED_STYLES[style]}`,
      );
    }
    const expected = p + (1 - p) / LINKED_STYLES.length;
    assert.ok(Math.abs(own / 4000 - expected) < 0.03, `${own}`);
  }
});

Deno.test("linkStyles() takes every family of a style as often as another, whatever faces it has", () => {
  const counts = Map.groupBy(drawn(0).indices, (glyph) => families[glyph]);
  assert.equal(counts.size, 2 * LINKED_STYLES.length);
  for (const [family, { length }] of counts) {
    assert.ok(Math.abs(length - 400) < 80, `${family}: ${length}`);
  }
});

Deno.test("linkStyles() begins a longer draw with the shorter one, and changes with p only who gets the own style", () => {
  const [few, more] = [drawn(0.8, 100), drawn(0.8, 200)];
  assert.deepEqual(more.indices.subarray(0, 100), few.indices);
  const [none, all] = [drawn(0).indices, drawn(1).indices];
  for (const [i, glyph] of drawn(0.8, 4000).indices.entries()) {
    assert.ok(glyph === none[i] || glyph === all[i]);
    assert.equal((none[i] ?? NaN) % 10, (all[i] ?? NaN) % 10);
  }
});

Deno.test("linkStyles() refuses a p that is no probability, and digits that are not there", () => {
  assert.throws(
    () => drawn(1.5),
    new RangeError(
      "Cannot link styles to digits with p 1.5: it must lie between 0 and 1",
    ),
  );
  assert.throws(
    () =>
      linkStyles({ ...glyphs, families: families.map(() => "Lato") }, {
        n: 100,
        p: 1,
        seed: 3,
        subset: "test",
      }),
    /^RangeError: Cannot draw a \d in a typeface of style "\w+": there is none$/,
  );
});
