import assert from "node:assert/strict";
import { startImageDecoder } from "../../../../data/asked/pictures/image_decoder.ts";
import { orientationOf } from "../../../../data/asked/pictures/orientation.ts";
import {
  png,
  QUARTERS,
  turnedJpeg,
  turnedPng,
  turnedWebp,
} from "../../image_files.ts";

const turned = (value: number, isLittle = false) =>
  turnedJpeg(QUARTERS, { value, isLittle });

// As Pillow's `exif_transpose` turns them: above left and right, below left and right.
const CORNERS = [
  ...["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"],
];

for (const [i, corners] of CORNERS.entries()) {
  Deno.test(`startImageDecoder() turns orientation ${i + 1} of EXIF upright`, async () => {
    using decoder = startImageDecoder(16);
    for (const isLittle of [false, true]) {
      const picture = await decoder.decode(turned(i + 1, isLittle));
      assert(typeof picture !== "string");
      const { pixels } = picture;
      const seen = [[2, 2], [13, 2], [2, 13], [13, 13]].map(
        ([x = 0, y = 0]) => {
          const at = 3 * (16 * y + x);
          const [r, g, b] = [...pixels.subarray(at, at + 3)].map((v) =>
            v > 120
          );
          return r && g && b ? "w" : r ? "r" : g ? "g" : "b";
        },
      );
      assert.equal(seen.join(""), corners);
    }
  });
}

Deno.test("orientationOf() takes a file without EXIF, or that ends too early, for upright", () => {
  assert.equal(orientationOf(QUARTERS), 1);
  assert.equal(orientationOf(turned(6)), 6);
  assert.equal(orientationOf(turned(9)), 1);
  for (let length = 0; length < 29; length++) {
    assert.equal(orientationOf(turned(6).subarray(0, length)), 1);
  }
});

Deno.test("startImageDecoder() turns a PNG and a WebP upright whose EXIF says so, wherever it stands", async () => {
  using decoder = startImageDecoder(16);
  const flat = png(12, 8, [200, 40, 30]);
  for (
    const file of [
      turnedPng(flat, { value: 6 }),
      turnedPng(flat, { value: 6, isLast: true }),
      turnedWebp({ value: 6 }),
      turnedWebp({ value: 6, isLikeJpeg: true }),
    ]
  ) {
    const picture = await decoder.decode(file);
    assert(typeof picture !== "string", `${picture}`);
    assert.deepEqual([picture.width, picture.height], [8, 12]);
    const at = (y: number) => picture.pixels[3 * (16 * y + 8)] as number;
    // Red was left, and is above: in the PNG everywhere.
    assert.ok(at(1) > 120);
    assert.equal(at(14) > 120, picture.type === "PNG");
  }
});

Deno.test("orientationOf() takes PNG and WebP files without EXIF, or that end too early, for upright", () => {
  const files = [
    turnedPng(png(4, 4, [0, 0, 0]), { value: 3, isLast: true }),
    turnedWebp({ value: 3 }),
  ];
  for (const file of files) {
    assert.equal(orientationOf(file), 3);
    for (let length = 0; length < file.length - 40; length++) {
      assert.equal(orientationOf(file.subarray(0, length)), 1);
    }
  }
  assert.equal(orientationOf(png(4, 4, [0, 0, 0])), 1);
});

Deno.test("orientationOf() passes over bytes that fill a JPEG", () => {
  const [whole, fill] = [turned(6), Uint8Array.of(0xff, 0xff, 0xff)];
  const filled = new Uint8Array(whole.length + fill.length);
  filled.set(whole.subarray(0, 2));
  filled.set(fill, 2);
  filled.set(whole.subarray(2), 2 + fill.length);
  assert.equal(orientationOf(filled), 6);
});
