import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { warp } from "../../models/augmentations/warp.ts";
import { deviceFeed } from "../../models/device_feed.ts";
import { hostBatches } from "../../models/host_feed.ts";
import { captureStep } from "../../models/replay/capture.ts";
import { openReplayer } from "../../models/replay/replayer.ts";
import { onEachDevice } from "./on_each_device.ts";
import { randomImages } from "./training_fixture.ts";

const images = randomImages(21);

for (const augmentation of [cropAndMirror, warp]) {
  onEachDevice(
    `a replayed batch() gives the batch that a device feed moved to, with ${augmentation.name}`,
    async (device) => {
      const { gpu } = device;
      assert.ok(gpu !== undefined);
      const options = { augmentation, batchSize: 5, seed: 2 };
      const feed = deviceFeed(gpu, { ...options, images });
      feed.startEpoch(1);
      feed.moveTo(0);
      const { recording, output, dispose } = captureStep(gpu, {
        // One tensor of both: labels behind each image.
        step: () =>
          tf.tidy(() => {
            const { x, labels } = feed.batch();
            return tf.concat([
              tf.reshape(x, [5, -1]),
              tf.reshape(tf.cast(labels, "float32"), [5, 1]),
            ], 1);
          }),
        carried: [],
      });
      for (const buffer of feed.buffers) {
        assert.ok(
          recording.commands.some((command) =>
            command.kind === "dispatch" &&
            command.bound.some((bound) => bound.buffer === buffer)
          ),
        );
      }
      const replayer = openReplayer(gpu.device, recording, {
        outputs: [{
          buffer: gpu.bufferOf(output),
          offset: 0,
          bytes: 4 * output.size,
        }],
        capacity: 1,
      });
      const host = hostBatches(images, options);
      for (const [epoch, index] of [[1, 3], [2, 0], [2, 3]] as const) {
        host.startEpoch(epoch);
        host.fill(index);
        feed.startEpoch(epoch);
        feed.moveTo(index);
        replayer.step();
        const rows = await replayer.read();
        const width = rows.length / 5;
        for (const [i, label] of host.labels.entries()) {
          const row = rows.subarray(i * width, (i + 1) * width);
          assert.equal(row.at(-1), label);
          for (const [k, value] of row.subarray(0, -1).entries()) {
            const wanted = host.values[i * (width - 1) + k] as number;
            assert.ok(Math.abs(value - wanted) < 1e-6);
          }
        }
      }
      replayer.dispose();
      dispose();
      feed.dispose();
      device.tick();
    },
    { devices: ["webgpu-software"] },
  );
}
