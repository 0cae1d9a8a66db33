import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Patches } from "../../../../models/kernels/wasm/patches.ts";
import { registerWasmKernels } from "../../../../models/kernels/wasm/register.ts";
import {
  gradientTileSide,
  suitsWinograd,
  suitsWinogradGradient,
  tileSide,
} from "../../../../models/kernels/wasm/winograd.ts";
import { sample, tensor } from "../samples.ts";
import { startWasmBackend } from "./wasm_backend.ts";

await startWasmBackend();
await registerWasmKernels();

const PATCHES: Patches = {
  source: 0,
  images: 1,
  height: 8,
  width: 8,
  channels: 16,
  top: 1,
  left: 1,
  upHeight: 1,
  upWidth: 1,
  outHeight: 8,
  outWidth: 8,
  strideHeight: 1,
  strideWidth: 1,
  filterHeight: 3,
  filterWidth: 3,
  dilationHeight: 1,
  dilationWidth: 1,
};

Deno.test("suitsWinograd() takes a plain 3×3 convolution of whole vectors of channels", () => {
  assert(suitsWinograd(PATCHES, 16));
  assert(suitsWinograd({ ...PATCHES, channels: 8, outWidth: 96 }, 12));
});

const OTHERS: Readonly<Record<string, Partial<Patches>>> = {
  "other filters": { filterWidth: 2 },
  "strides": { strideHeight: 2 },
  "dilations": { dilationWidth: 2 },
  "pixels that are put apart": { upHeight: 2 },
  "the channels of a picture": { channels: 3 },
  "channels that are no whole vectors": { channels: 10 },
  "too few channels": { channels: 4 },
  "images smaller than a few tiles": { outHeight: 3, outWidth: 3 },
  "rows of more tiles than a block": { outWidth: 97 },
};

for (const [what, change] of Object.entries(OTHERS)) {
  Deno.test(`suitsWinograd() leaves ${what} to the direct product`, () => {
    assert(!suitsWinograd({ ...PATCHES, ...change }, 16));
  });
}

Deno.test("suitsWinograd() leaves columns that are no whole vectors to the direct product", () => {
  assert(!suitsWinograd(PATCHES, 10));
  assert(!suitsWinograd(PATCHES, 4));
});

Deno.test("tileSide() is 4 where the tiles are used", () => {
  assert.equal(tileSide(PATCHES), 4);
  assert.equal(tileSide({ ...PATCHES, outWidth: 96 }), 4);
  assert.equal(tileSide({ ...PATCHES, channels: 8 }), 4);
  assert.equal(tileSide({ ...PATCHES, outHeight: 6, outWidth: 5 }), 2);
  assert.equal(tileSide({ ...PATCHES, outWidth: 97 }), 2);
});

Deno.test("gradientTileSide() is 4 where the channels repay the transforms as well", () => {
  const few = { ...PATCHES, channels: 8 };
  assert.equal(gradientTileSide(few, 24), 4);
  assert.equal(gradientTileSide(few, 20), 2);
  assert.equal(gradientTileSide(PATCHES, 16), 4);
  assert.equal(gradientTileSide({ ...PATCHES, outHeight: 5 }, 64), 4);
  assert.equal(
    gradientTileSide({ ...PATCHES, outHeight: 6, outWidth: 5 }, 64),
    2,
  );
});

Deno.test("suitsWinogradGradient() wants many pixels, or small images", () => {
  const large = { ...PATCHES, outHeight: 16, outWidth: 16 };
  assert(suitsWinogradGradient({ ...large, images: 16 }, 16));
  assert(!suitsWinogradGradient({ ...large, images: 15 }, 16));
  assert(!suitsWinogradGradient({ ...large, images: 16, channels: 3 }, 16));
  assert(suitsWinogradGradient(PATCHES, 16));
});

for (
  const [images, height, width] of [[1, 8, 8], [3, 4, 4], [2, 4, 8]] as const
) {
  Deno.test(`the filter gradient of a tap without input is exactly zero: ${images} images of ${height}×${width}`, () => {
    const shape = [images, height, width, 16] as const;
    const [pixels, taps] = [height * width, [0, 1, 2]];
    tf.tidy(() => {
      // Pixels in which each channel is on, in one image each. Four channels are read at a time.
      const corners = [0, width - 1, pixels - width, pixels - 1];
      const inside = [width + 1];
      const on = [
        ...corners.map((pixel) => [pixel]),
        ...[[1], [width], inside, [pixels - 2]],
        ...[inside, inside, inside, inside],
        ...[inside, [0, pixels - 1], corners, []],
      ];
      const values = new Float32Array(images * pixels * 16);
      for (const [channel, places] of on.entries()) {
        for (const [i, pixel] of places.entries()) {
          const image = (channel + i) % images;
          values[(image * pixels + pixel) * 16 + channel] = -1;
        }
      }
      const dy = tensor<tf.Tensor4D>(sample([images, height, width, 8], 1));
      const gradient = tf.grad((filter: tf.Tensor) =>
        tf.conv2d(
          tf.tensor4d(values, [...shape]),
          filter as tf.Tensor4D,
          1,
          "same",
        )
      )(tf.zeros([3, 3, 16, 8]), dy).arraySync() as number[][][][];
      for (const [channel, places] of on.entries()) {
        for (const i of taps) {
          for (const j of taps) {
            const isSeen = places.some((pixel) => {
              const y = Math.floor(pixel / width) + 1 - i;
              const x = pixel % width + 1 - j;
              return y >= 0 && y < height && x >= 0 && x < width;
            });
            assert.equal(
              gradient[i]?.[j]?.[channel]?.every((value) => value === 0),
              !isSeen,
              `channel ${channel}, tap ${i} ${j}`,
            );
          }
        }
      }
    });
  });
}

Deno.test("tf.conv2d() gives an image the same bits alone and in a batch of several blocks", () => {
  tf.tidy(() => {
    const x = tensor<tf.Tensor4D>(sample([11, 8, 7, 16], 1));
    const filter = tensor<tf.Tensor4D>(sample([3, 3, 16, 12], 2));
    const batch = tf.conv2d(x, filter, 1, "same");
    for (const image of [0, 4, 10]) {
      const alone = tf.conv2d(
        tf.slice(x, [image, 0, 0, 0], [1, 8, 7, 16]),
        filter,
        1,
        "same",
      );
      const expected = tf.slice(batch, [image, 0, 0, 0], [1, 8, 7, 12]);
      assert.deepEqual(alone.dataSync(), expected.dataSync());
    }
  });
});
