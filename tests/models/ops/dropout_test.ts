import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { drawsOf, philoxKey } from "../../../engine/define/philox.ts";
import type { Device } from "../../../models/device/device.ts";
import { dropout, dropoutMasks } from "../../../models/ops/dropout.ts";
import { captureStep } from "../../../models/replay/capture.ts";
import { openReplayer } from "../../../models/replay/replayer.ts";
import { onEachDevice } from "../on_each_device.ts";

const SHAPE = [7, 11, 3] as const;
const SIZE = 7 * 11 * 3;

/** The factor of each element, by the definition. */
function factors(
  { seed, step, layer, rate }: {
    readonly seed: number;
    readonly step: number;
    readonly layer: number;
    readonly rate: number;
  },
): number[] {
  const draw = drawsOf(philoxKey(seed, "dropout"), step);
  return Array.from(
    { length: SIZE },
    (_, i) => draw(layer, i) < rate ? 0 : Math.fround(1 / (1 - rate)),
  );
}

async function maskOf(
  device: Device,
  { seed, step, layer, rate }: Parameters<typeof factors>[0],
): Promise<number[]> {
  const masks = dropoutMasks(seed, { gpu: device.gpu });
  masks.moveTo(step);
  const y = tf.tidy(() => dropout(tf.ones([...SHAPE]), { masks, rate, layer }));
  assert.deepEqual(y.shape, [...SHAPE]);
  const values = [...await y.data()];
  y.dispose();
  masks.dispose();
  return values;
}

onEachDevice("dropout() has the mask of its definition", async (device) => {
  const { numTensors } = tf.memory();
  for (const rate of [0, 0.1, 0.5, 0.9]) {
    const which = { seed: 3, step: 1_000, layer: 2, rate };
    assert.deepEqual(await maskOf(device, which), factors(which));
  }
  assert.equal(tf.memory().numTensors, numTensors);
  device.tick();
});

onEachDevice(
  "dropout() has other masks in another step, layer or training",
  async (device) => {
    const which = { seed: 3, step: 5, layer: 0, rate: 0.5 };
    const all = [];
    for (const change of [{}, { step: 6 }, { layer: 1 }, { seed: 4 }]) {
      all.push(String(await maskOf(device, { ...which, ...change })));
    }
    assert.equal(new Set(all).size, 4);
  },
);

onEachDevice("dropout() keeps the mean of what it is given", async (device) => {
  const masks = dropoutMasks(1, { gpu: device.gpu });
  const mean = tf.tidy(() =>
    tf.mean(dropout(tf.ones([100_000]), { masks, rate: 0.3, layer: 0 }))
  );
  // Standard deviation of the mean: sqrt(0.3 / 0.7 / 100,000) = 0.002.
  assert.ok(Math.abs((await mean.data())[0] as number - 1) < 0.01);
  mean.dispose();
  masks.dispose();
});

onEachDevice("the gradient of dropout() has its mask", async (device) => {
  const which = { seed: 8, step: 2, layer: 1, rate: 0.4 };
  const masks = dropoutMasks(8, { gpu: device.gpu });
  masks.moveTo(2);
  const { numTensors } = tf.memory();
  const gradient = tf.tidy(() =>
    tf.grad((x) => tf.mul(dropout(x, { masks, ...which }), 2))(
      tf.ones([...SHAPE]),
    )
  );
  assert.deepEqual(
    [...await gradient.data()],
    factors(which).map((factor) => 2 * factor),
  );
  gradient.dispose();
  assert.equal(tf.memory().numTensors, numTensors);
  masks.dispose();
});

onEachDevice(
  "dropout() draws anew when its step is replayed",
  async (device) => {
    const { gpu } = device;
    assert.ok(gpu !== undefined);
    const masks = dropoutMasks(8, { gpu });
    masks.moveTo(0);
    const { recording, output, dispose } = captureStep(gpu, {
      step: () =>
        tf.tidy(() =>
          dropout(tf.ones([...SHAPE]), { masks, rate: 0.5, layer: 0 })
        ),
      carried: [],
    });
    const replayer = openReplayer(gpu.device, recording, {
      outputs: [{ buffer: gpu.bufferOf(output), offset: 0, bytes: 4 * SIZE }],
      capacity: 1,
    });
    for (const step of [1, 7, 0]) {
      masks.moveTo(step);
      replayer.step();
      const wanted = factors({ seed: 8, step, layer: 0, rate: 0.5 });
      assert.deepEqual([...await replayer.read()], wanted);
    }
    replayer.dispose();
    dispose();
    masks.dispose();
    device.tick();
  },
  { devices: ["webgpu-software"] },
);

for (const rate of [-0.1, 1, NaN]) {
  onEachDevice(`dropout() throws at a rate of ${rate}`, async () => {
    const masks = dropoutMasks(1);
    tf.tidy(() =>
      assert.throws(
        () => dropout(tf.ones([2]), { masks, rate, layer: 0 }),
        {
          name: "RangeError",
          message:
            `Cannot drop a share of ${rate}: it must be from 0 to below 1`,
        },
      )
    );
    masks.dispose();
    await Promise.resolve();
  }, { devices: ["cpu"] });
}
