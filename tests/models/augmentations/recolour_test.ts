import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  recolour,
  type Recolouring,
} from "../../../models/augmentations/recolour.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const colour = fc.tuple(share, share, share);

/** Changes nothing. */
const plain: Recolouring = {
  saturation: 1,
  brightness: 1,
  offset: 0,
  gains: [1, 1, 1],
  tint: { strength: 0, colour: [0, 0, 0] },
};

/** The pixel that `pixel` becomes. */
function change(
  pixel: readonly number[],
  changes: Partial<Recolouring>,
): Float32Array {
  const image = Float32Array.from(pixel);
  recolour(image, { ...plain, ...changes });
  return image;
}

function assertClose(actual: Float32Array, wanted: readonly number[]): void {
  for (const [k, value] of wanted.entries()) {
    assert.ok(
      Math.abs((actual[k] as number) - value) < 1e-6,
      `[${actual}] is not [${wanted}]`,
    );
  }
}

Deno.test("recolour() changes nothing with factors 1 and no tint", () => {
  fc.assert(fc.property(colour, (pixel) => {
    assertClose(change(pixel, {}), pixel);
  }));
});

Deno.test("recolour() gives the luma in all channels with saturation 0", () => {
  fc.assert(fc.property(colour, (pixel) => {
    const luma = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
    assertClose(change(pixel, { saturation: 0 }), [luma, luma, luma]);
  }));
});

Deno.test("recolour() moves a pixel away from its grey with saturation above 1", () => {
  // The luma of this pixel is 0.5.
  const pixel = [0.5 + 0.1 * 0.587, 0.5 - 0.1 * 0.299, 0.5];
  assertClose(
    change(pixel, { saturation: 1.5 }),
    [0.5 + 0.15 * 0.587, 0.5 - 0.15 * 0.299, 0.5],
  );
});

Deno.test("recolour() multiplies, adds and weights the channels in that order", () => {
  assertClose(
    change([0.2, 0.4, 0.6], {
      brightness: 1.2,
      offset: 0.05,
      gains: [1, 0.9, 1.1],
    }),
    [0.29, 0.477, 0.847],
  );
});

Deno.test("recolour() clips to 0 and 1 before it tints", () => {
  assertClose(
    change([0.9, 0.05, 0.5], {
      brightness: 1.3,
      offset: -0.1,
      tint: { strength: 0.5, colour: [0, 1, 0.5] },
    }),
    [0.5, 0.5, 0.525],
  );
  assertClose(
    change([0, 0, 0], {
      offset: -0.1,
      tint: { strength: 0.25, colour: [1, 0, 0.5] },
    }),
    [0.25, 0, 0.125],
  );
});

Deno.test("recolour() leaves only the colour with a tint of strength 1", () => {
  fc.assert(fc.property(colour, colour, (pixel, tint) => {
    assertClose(change(pixel, { tint: { strength: 1, colour: tint } }), tint);
  }));
});
