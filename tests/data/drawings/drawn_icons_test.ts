import assert from "node:assert/strict";
import { luma } from "../../../data/drawings/coloured_drawings.ts";
import { drawnIcons } from "../../../data/drawings/drawn_icons.ts";
import {
  drawingOf,
  type IconFile,
} from "../../../data/drawings/icon_drawing.ts";
import type { Images } from "../../../data/images/images.ts";
import { onGround } from "../../../data/drawings/on_ground.ts";
import { stream } from "../../../engine/define/random.ts";
import { test } from "../../full.ts";

const OPTIONS = { seed: 0, leastSets: 13, colourings: 2 } as const;

let drawn: ReturnType<typeof drawnIcons> | undefined;
const icons = () => drawn ??= drawnIcons(OPTIONS);

test.inFull("drawnIcons() gives images like CIFAR-10's, each drawing as often as asked for", async () => {
  const { images, names, skipped } = await icons();
  const { labels, shape, classes } = images;
  assert.deepEqual(skipped, []);
  assert.deepEqual(shape, [32, 32, 3]);
  assert.equal(images.images.length, labels.length * 32 * 32 * 3);
  assert.equal(labels.length, 2 * names.length);
  assert.equal(new Set(names).size, names.length);
  assert.ok(classes.includes("icon of cactus"));
  // Every set draws each of them.
  for (const label of classes.keys()) {
    const n = labels.filter((one) => one === label).length;
    assert.ok(n >= 2 * 13, `${classes[label]}: ${n}`);
  }
  for (let i = 0; i < labels.length; i += 2) {
    assert.equal(labels[i], labels[i + 1]);
  }
});

test.inFull("drawnIcons() draws the same drawing in other colours each time, and with another seed", async () => {
  const [first, other] = await Promise.all([
    drawnIcons({ ...OPTIONS, colourings: 1 }),
    drawnIcons({ ...OPTIONS, colourings: 1, seed: 1 }),
  ]);
  const { images } = await icons();
  const size = 32 * 32 * 3;
  const of = ({ images }: Images, i: number) =>
    images.slice(i * size, (i + 1) * size);
  for (const i of [0, 7, 100]) {
    assert.deepEqual(of(images, 2 * i), of(first.images, i));
    assert.notDeepEqual(of(images, 2 * i + 1), of(first.images, i));
    assert.notDeepEqual(of(other.images, i), of(first.images, i));
  }
});

Deno.test("onGround() keeps what is opaque, and shows ground where nothing is drawn", () => {
  // A grey pixel, nothing, and half of a white one.
  const pixels = Uint8Array.of(90, 90, 90, 255, 0, 0, 0, 0, 128, 128, 128, 128);
  for (let seed = 0; seed < 50; seed++) {
    const opaque = onGround(pixels, stream(seed, "ground"));
    assert.deepEqual([...opaque.subarray(0, 3)], [90, 90, 90]);
    const ground = [...opaque.subarray(3, 6)] as [number, number, number];
    const ink = (90 / 255 + 128 / 255) / (1 + 128 / 255);
    const brightness = luma([
      ground[0] / 255,
      ground[1] / 255,
      ground[2] / 255,
    ]);
    assert.ok(Math.abs(brightness - ink) > 0.24, `${brightness}`);
    assert.deepEqual(
      [...opaque.subarray(6)].map((value, i) =>
        Math.abs(value - (128 + (ground[i] as number) * 127 / 255)) <= 1
      ),
      [true, true, true],
    );
  }
});

Deno.test("onGround() gives ground alone if nothing is drawn", () => {
  const opaque = onGround(new Uint8Array(8), stream(1, "ground"));
  assert.deepEqual(opaque.subarray(0, 3), opaque.subarray(3));
  assert.ok(opaque.some((value) => value > 0));
});

Deno.test("drawingOf() shows a square around the icon's own view, or its set's, or one of 16", () => {
  const icons: IconFile["icons"] = {
    wide: { body: "<a/>", left: 2, top: 3, width: 20, height: 10 },
    plain: { body: "<b/>" },
  };
  const from = { prefix: "p", icons };
  assert.deepEqual(drawingOf("wide", { from, side: 8 }), {
    name: "p:wide",
    content: '<g color="black"><a/></g>',
    view: [2, -2, 20, 20],
    side: 8,
  });
  assert.deepEqual(
    drawingOf("plain", { from, side: 8, background: "white" }),
    {
      name: "p:plain",
      content: '<g color="black"><b/></g>',
      view: [0, 0, 16, 16],
      side: 8,
      background: "white",
    },
  );
  assert.deepEqual(
    drawingOf("plain", { from: { ...from, width: 24, height: 24 }, side: 8 })
      .view,
    [0, 0, 24, 24],
  );
  assert.throws(() => drawingOf("none", { from, side: 8 }), {
    name: "RangeError",
    message: 'Cannot draw "p:none": the set has no drawing of that name',
  });
});
