import assert from "node:assert/strict";
import { lastLayerOf } from "../../../models/interventions/last_layer.ts";

const refitting = {
  weights: {
    "head.kernel": {
      shape: [2, 3],
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
    },
    "head.bias": { shape: [3], data: Float32Array.of(7, 8, 9) },
  },
  features: { dimension: 2, values: new Float32Array(8) },
  labels: Uint8Array.of(0, 1, 2, 0),
};

Deno.test("lastLayerOf() gives kernel, bias and classes", () => {
  assert.deepEqual(lastLayerOf(refitting), {
    kernel: Float64Array.of(1, 2, 3, 4, 5, 6),
    bias: Float64Array.of(7, 8, 9),
    classes: 3,
  });
});

Deno.test("lastLayerOf() says what a network, its features and labels lack", () => {
  const refused = (changes: Partial<typeof refitting>, message: string) =>
    assert.throws(
      () => lastLayerOf({ ...refitting, ...changes }),
      new RangeError(message),
    );
  assert.throws(
    () =>
      lastLayerOf({
        ...refitting,
        weights: { "fc.weight": refitting.weights["head.bias"] },
      }),
    new RangeError(
      'Cannot refit a last layer: the network has no "head.kernel" and "head.bias", but fc.weight',
    ),
  );
  refused(
    { features: { dimension: 4, values: new Float32Array(16) } },
    "Cannot refit a last layer of shape [2,3] with a bias of shape [3] on 4 features an image: extract those of this network",
  );
  refused(
    { labels: Uint8Array.of(0, 1, 2) },
    "Cannot refit a last layer on the features of 4 images with 3 labels",
  );
  refused(
    { labels: Uint8Array.of(0, 1, 2, 3) },
    "Cannot refit a last layer of 3 classes: image 3 has label 3",
  );
});
