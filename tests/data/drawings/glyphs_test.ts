import assert from "node:assert/strict";
import { drawGlyphs } from "../../../data/drawings/glyphs.ts";
import { typefaces, typefacesFor } from "../../../data/drawings/typefaces.ts";
import { fewOf, isFull } from "../../full.ts";

const DIGITS = [..."0123456789"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
const PIXELS = 28 * 28;

function family(name: string) {
  return typefaces.filter(({ family }) => family === name);
}

Deno.test("drawGlyphs() fits the ink of every digit of every evaluation face into 20×20 pixels", async () => {
  const all = typefacesFor("evaluation");
  const names = [...new Set(all.map(({ family }) => family))];
  assert.equal(names.length, 57);
  const drawn = fewOf(names, (name) => names.indexOf(name) % 6 === 0);
  const { images, families, skipped } = await drawGlyphs(
    all.filter(({ family }) => drawn.includes(family)),
    { characters: DIGITS, facesPerFamily: 1 },
  );
  assert.deepEqual(skipped, []);
  assert.equal(images.labels.length, 10 * drawn.length);
  assert.equal(new Set(families).size, drawn.length);
  for (const [i] of images.labels.entries()) {
    const inked = [
      ...images.images.subarray(i * PIXELS, (i + 1) * PIXELS)
        .entries(),
    ].filter(([, value]) => value > 0).map(([k]) => k);
    const span = (places: readonly number[]) =>
      Math.max(...places) - Math.min(...places) + 1;
    const height = span(inked.map((k) => Math.floor(k / 28)));
    const width = span(inked.map((k) => k % 28));
    // A hairline at the edge can fall below half a level of 255.
    const longer = Math.max(height, width);
    assert.ok(
      longer >= 19 && longer <= 20,
      `${families[i]} ${height}×${width}`,
    );
  }
});

Deno.test("drawGlyphs() draws as many faces of a family as asked for, regular first", async () => {
  const draw = (facesPerFamily: number) =>
    drawGlyphs(family("Caveat"), { characters: ["7"], facesPerFamily });
  const [one, two] = await Promise.all([draw(1), draw(2)]);
  assert.equal(one.images.labels.length, 1);
  assert.equal(two.images.labels.length, 2);
  assert.deepEqual(two.images.images.subarray(0, PIXELS), one.images.images);
});

Deno.test("drawGlyphs() leaves out small letters that look like the capitals, by name", async () => {
  const { images, skipped } = await drawGlyphs(family("Rubik Mono One"), {
    characters: ["A", "B", "a"],
    facesPerFamily: 1,
  });
  assert.deepEqual([...images.labels], [0, 1]);
  assert.deepEqual(skipped, [{
    name: 'RubikMonoOne_400Regular "a"',
    reason: "it looks like another of its face",
  }]);
});

if (isFull) {
  Deno.test("drawGlyphs() gives no picture both to pre-training and to evaluation", async () => {
    const [letters, digits] = await Promise.all([
      drawGlyphs(typefacesFor("pre-training"), {
        characters: LETTERS,
        facesPerFamily: 6,
      }),
      drawGlyphs(typefacesFor("evaluation"), {
        characters: DIGITS,
        facesPerFamily: 6,
      }),
    ]);
    const looks = ({ images }: { readonly images: Uint8Array }) =>
      Array.from(
        { length: images.length / PIXELS },
        (_, i) => images.subarray(i * PIXELS, (i + 1) * PIXELS).join(),
      );
    const seen = new Set(looks(letters.images));
    assert.ok(seen.size > 3000);
    assert.deepEqual(looks(digits.images).filter((look) => seen.has(look)), []);
  });
}
