import assert from "node:assert/strict";
import { decode } from "fast-png";
import type { Images } from "../../../data/images/images.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { drawTypical } from "../../../tasks/asked/draw_typical.ts";
import { runTask } from "../run_task.ts";

/** Eight images of one pixel, each as bright as ten times its place. */
const images: Images = {
  images: Uint8Array.from({ length: 8 }, (_, i) => 10 * i),
  labels: new Uint8Array(8),
  shape: [1, 1, 1],
  classes: ["a"],
};

/** Places in a picture of one column, pixels twice as large and 2 apart. */
function shown(png: Uint8Array): readonly number[] {
  if (png.length === 0) return [];
  const { data, height, width } = decode(png);
  return Array.from(
    { length: (height + 2) / 4 },
    (_, k) => (data[k * 4 * width * 3] as number) / 10,
  );
}

Deno.test("drawTypical() draws of one part those that are least and most like reference images, none twice", async () => {
  const of = async (part: "in support" | "out of support", n: number) => {
    const { least, most } = await runTask(drawTypical, {
      images,
      // Of seven images that were compared, all but the third one.
      places: [0, 1, 3, 4, 5, 6, 7],
      typicality: Float64Array.of(7, 1, 6, 2, 5, 3, 4),
      parts: partsOf([false, true, false, true, true, true, true]),
      part,
      n,
      columns: 1,
    });
    return [shown(least), shown(most)];
  };
  assert.deepEqual(await of("out of support", 5), [[0], [3]]);
  assert.deepEqual(await of("in support", 5), [[5, 7, 6], [1, 4]]);
  assert.deepEqual(await of("in support", 1), [[5], [1]]);
});

Deno.test("drawTypical() gives pictures without bytes of a part that is empty", async () => {
  const { least, most } = await runTask(drawTypical, {
    images,
    places: [2],
    typicality: Float64Array.of(1),
    parts: partsOf([true]),
    part: "out of support",
    n: 4,
    columns: 2,
  });
  assert.deepEqual([least.length, most.length], [0, 0]);
});
