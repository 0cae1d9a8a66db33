import assert from "node:assert/strict";
import {
  type LabelledPoints,
  labelledPoints,
} from "../../../data/datasets/labelled_points.ts";
import { safetensors } from "../../../engine/define/safetensors.ts";

const points: LabelledPoints = {
  inputs: Float64Array.of(0.1, -2, 1e-300, 4, 5, 6),
  labels: Int32Array.of(1, -1),
  dimension: 3,
};

Deno.test("labelledPoints gives back what it encoded", () => {
  assert.deepEqual(
    labelledPoints.decode(labelledPoints.encode(points)),
    points,
  );
});

Deno.test("labelledPoints refuses coordinates that do not fit the labels", () => {
  assert.throws(() => labelledPoints.encode({ ...points, dimension: 2 }), {
    name: "TypeError",
    message:
      "Cannot encode labelled points: 2 labels and 2 dimensions need 4 coordinates, not 6",
  });
});

Deno.test("labelledPoints refuses labels other than 1 and −1", () => {
  const labels = Int32Array.of(1, 0);
  assert.throws(() => labelledPoints.encode({ ...points, labels }), {
    name: "TypeError",
    message:
      "Cannot encode labelled points: point 1 has the label 0, neither 1 nor −1",
  });
});

Deno.test("labelledPoints refuses files of other arrays", () => {
  for (
    const arrays of [
      {},
      {
        inputs: { shape: [2, 3], data: new Float32Array(6) },
        labels: { shape: [2], data: Int32Array.of(1, 1) },
      },
    ]
  ) {
    const bytes = safetensors.encode({ arrays, metadata: {} });
    assert.throws(() => labelledPoints.decode(bytes), {
      name: "TypeError",
      message:
        "Cannot decode labelled points: there are no coordinates in float64 with labels in int32",
    });
  }
});
