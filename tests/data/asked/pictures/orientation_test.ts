import assert from "node:assert/strict";
import { startImageDecoder } from "../../../../data/asked/pictures/image_decoder.ts";
import { orientationOf } from "../../../../data/asked/pictures/orientation.ts";
import { QUARTERS, turnedJpeg } from "../../image_files.ts";

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
