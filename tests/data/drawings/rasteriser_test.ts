import assert from "node:assert/strict";
import type { Drawing } from "../../../data/drawings/drawing.ts";
import { type Drawn, startRasteriser } from "../../../data/drawings/rasteriser.ts";

const square: Drawing = {
  name: "square",
  content: '<rect x="1" y="0" width="1" height="2" fill="#ff0000"/>',
  view: [0, 0, 2, 2],
  side: 2,
};

/** A half-transparent group outside of what is shown: the renderer's WebAssembly stops at it. */
const deadly: Drawing = {
  ...square,
  name: "deadly",
  content: '<g opacity=".5"><path d="M-300 40h10v10h-10z"/></g>',
};

function pixelsOf(drawn: Drawn | undefined): readonly number[] {
  assert.equal(drawn?.kind, "drawn");
  return [...drawn.raster.pixels];
}

Deno.test("draw() gives red, green, blue and alpha of every pixel", async () => {
  using rasteriser = startRasteriser();
  const [transparent, white] = await rasteriser.draw([
    square,
    { ...square, background: "white" },
  ]);
  const [none, red, ground] = [[0, 0, 0, 0], [255, 0, 0, 255], [
    255,
    255,
    255,
    255,
  ]] as const;
  assert.deepEqual(pixelsOf(transparent), [none, red, none, red].flat());
  assert.deepEqual(pixelsOf(white), [ground, red, ground, red].flat());
});

Deno.test("draw() skips a drawing that stops the renderer, says its name, and draws the others as if it were not there", async () => {
  using rasteriser = startRasteriser();
  const [first, second, third] = await rasteriser.draw([
    square,
    deadly,
    { ...square, name: "after" },
  ]);
  assert.deepEqual(second, {
    kind: "skipped",
    name: "deadly",
    reason: "RuntimeError: unreachable",
  });
  assert.deepEqual(pixelsOf(third), pixelsOf(first));
  assert.equal(third?.name, "after");
});

Deno.test("draw() skips text that is no drawing, and a drawing without ink", async () => {
  using rasteriser = startRasteriser();
  const [broken, empty] = await rasteriser.draw([
    { ...square, name: "broken", content: "<g" },
    { ...square, name: "empty", content: "<g/>", view: "ink" },
  ]);
  assert.equal(broken?.kind, "skipped");
  assert.match(broken.reason, /SVG data parsing failed/);
  assert.deepEqual(empty, {
    kind: "skipped",
    name: "empty",
    reason: "there is no ink",
  });
});

Deno.test("draw() gives nothing for no drawings", async () => {
  using rasteriser = startRasteriser();
  assert.deepEqual(await rasteriser.draw([]), []);
});
