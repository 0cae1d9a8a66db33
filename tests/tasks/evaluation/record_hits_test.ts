import assert from "node:assert/strict";
import { recordHits } from "../../../tasks/evaluation/record_hits.ts";
import { mlp } from "../../../models/mlp.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { contextOnCpu } from "../context.ts";

Deno.test("recordHits() says of each image whether each network is right", async () => {
  const zero = (...shape: readonly number[]) => ({
    shape,
    data: new Float32Array(shape.reduce((product, side) => product * side, 1)),
  });
  const always = (label: number) => {
    const bias = zero(4);
    bias.data[label] = 1;
    return {
      "layer1.kernel": zero(12, 2),
      "layer1.bias": zero(2),
      "head.kernel": zero(2, 4),
      "head.bias": bias,
    };
  };
  const args = {
    name: "scratch",
    seed: 101,
    model: mlp,
    modelOptions: { width: 2, layers: 1 },
    images: { ...randomImages(4, 1), labels: Uint8Array.of(0, 1, 1, 3) },
  };
  const { networks } = await recordHits.task.run({
    ...args,
    networks: { final: always(3), "10": always(1), "9": always(0) },
  }, contextOnCpu());
  assert.deepEqual(networks, [
    { epoch: 9, right: Uint8Array.of(1, 0, 0, 0) },
    { epoch: 10, right: Uint8Array.of(0, 1, 1, 0) },
    { right: Uint8Array.of(0, 0, 0, 1) },
  ]);
  await assert.rejects(
    async () =>
      await recordHits.task.run(
        { ...args, networks: { best: always(1) } },
        contextOnCpu(),
      ),
    new TypeError(
      'Cannot record hits of network "best": it is named neither after an epoch nor "final"',
    ),
  );
});
