import assert from "node:assert/strict";
import { safetensors } from "../../../engine/define/safetensors.ts";
import {
  checkpoints,
  splitGroups,
  weights,
} from "../../../models/model/weights.ts";

const example = {
  "stem.kernel": { shape: [1, 2], data: new Float32Array([1, -2]) },
  "stem.bias": { shape: [], data: new Float32Array([NaN]) },
};

Deno.test("weights decode to what was encoded, to the bit", () => {
  assert.deepEqual(weights.decode(weights.encode(example)), {
    "stem.bias": example["stem.bias"],
    "stem.kernel": example["stem.kernel"],
  });
});

Deno.test("weights.decode() refuses arrays that are not float32", () => {
  const bytes = safetensors.encode({
    arrays: { labels: { shape: [1], data: new Uint8Array(1) } },
    metadata: {},
  });
  assert.throws(() => weights.decode(bytes), {
    name: "TypeError",
    message: 'Cannot decode weights: array "labels" is not of 32-bit floats',
  });
});

Deno.test("checkpoints decode to what was encoded, by epoch", () => {
  const value = { "4": example, "12": { a: example["stem.bias"] } };
  assert.deepEqual(checkpoints.decode(checkpoints.encode(value)), value);
  assert.deepEqual(checkpoints.decode(checkpoints.encode({})), {});
});

Deno.test("splitGroups() refuses a name without a group", () => {
  assert.throws(() => splitGroups(example), {
    name: "TypeError",
    message:
      'Cannot decode weights by group: array "stem.kernel" belongs to none',
  });
});
