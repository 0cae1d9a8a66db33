import assert from "node:assert/strict";
import { startImageDecoder } from "../../../data/own/image_decoder.ts";
import { orientationOf } from "../../../data/own/orientation.ts";
import { QUARTERS } from "../image_files.ts";

/** A JPEG with an APP1 segment of that orientation. */
function turned(value: number, isLittle = false): Uint8Array {
  const segment = new Uint8Array(36);
  const view = new DataView(segment.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, 34);
  segment.set(
    new TextEncoder().encode(isLittle ? "Exif\0\0II" : "Exif\0\0MM"),
    4,
  );
  view.setUint16(12, 42, isLittle);
  view.setUint32(14, 8, isLittle);
  view.setUint16(18, 1, isLittle);
  view.setUint16(20, 0x0112, isLittle);
  view.setUint16(22, 3, isLittle);
  view.setUint32(24, 1, isLittle);
  view.setUint16(28, value, isLittle);
  return Uint8Array.from([
    ...QUARTERS.subarray(0, 2),
    ...segment,
    ...QUARTERS.subarray(2),
  ]);
}

// As Pillow's `exif_transpose` turns them: above left and right, below left and right.
const CORNERS = [
  ...["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"],
];

for (const [i, corners] of CORNERS.entries()) {
  Deno.test(`startImageDecoder() turns orientation ${i + 1} of EXIF upright`, async () => {
    using decoder = startImageDecoder(16);
    for (const isLittle of [false, true]) {
      const pixels = await decoder.decode(turned(i + 1, isLittle));
      assert(typeof pixels !== "string");
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
