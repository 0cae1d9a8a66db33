import assert from "node:assert/strict";
import { cocoTrunk } from "../../../models/model/coco_trunk.ts";
import { mobilenetV3 } from "../../../models/mobilenet_v3.ts";
import { onCpu } from "../on_cpu.ts";
import { publishedTrunk } from "../published_trunk.ts";

Deno.test("cocoTrunk() names what a graph lacks", () => {
  assert.throws(() => cocoTrunk({}), {
    name: "TypeError",
    message:
      'Cannot take the trunk out of a graph: it has no weights "tower_0/MobilenetV3/Conv/Conv2D_weights"',
  });
});

Deno.test("cocoTrunk() gives every weight of mobilenetV3 but the head's", async () => {
  await onCpu();
  const { weights } = await publishedTrunk();
  const network = await mobilenetV3.create({
    inputShape: [32, 32, 3],
    classes: 10,
    seed: 0,
  });
  const { parameters, head } = network;
  assert.deepEqual(
    Object.fromEntries(
      Object.entries(weights).map(([name, { shape }]) => [name, [...shape]]),
    ),
    Object.fromEntries(
      Object.entries(parameters)
        .filter(([name]) => !head.includes(name))
        .map(([name, { shape }]) => [name, shape]),
    ),
  );
  network.dispose();
});
