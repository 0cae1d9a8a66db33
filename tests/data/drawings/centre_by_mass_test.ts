import assert from "node:assert/strict";
import { centreByMass } from "../../../data/drawings/centre_by_mass.ts";
import { mnist, readMnist } from "../../../data/datasets/mnist.ts";

Deno.test("centreByMass() puts the centre of mass in the middle", () => {
  const ink = Uint8Array.of(
    ...[200, 0, 0],
    ...[200, 0, 0],
    ...[200, 0, 0],
  );
  assert.deepEqual(
    [...centreByMass(ink, { side: 3, size: 4 })],
    [
      ...[0, 0, 0, 0],
      ...[0, 0, 200, 0],
      ...[0, 0, 200, 0],
      ...[0, 0, 200, 0],
    ],
  );
});

Deno.test("centreByMass() leaves every test image of MNIST where it is", async () => {
  const { test } = await readMnist();
  const [side, pixels] = [mnist.shape[0], mnist.shape[0] ** 2];
  for (const i of test.labels.keys()) {
    const image = test.images.subarray(i * pixels, (i + 1) * pixels);
    assert.deepEqual(centreByMass(image, { side, size: side }), image);
  }
});

Deno.test("centreByMass() throws when there is no ink", () => {
  assert.throws(() => centreByMass(new Uint8Array(4), { side: 2, size: 4 }), {
    name: "RangeError",
    message: "Cannot centre a picture: there is no ink in it",
  });
});
