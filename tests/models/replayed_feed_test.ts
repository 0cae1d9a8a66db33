import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { define } from "../../engine/define/definition.ts";
import type { Augmentation } from "../../models/augmentations/augmentation.ts";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { wide } from "../../models/augmentations/wide.ts";
import { deviceFeed } from "../../models/feeds/device_feed.ts";
import { type HostBatches, hostBatches } from "../../models/feeds/host_feed.ts";
import type { ImageFeed } from "../../models/feeds/image_feed.ts";
import { captureStep } from "../../models/replay/capture.ts";
import { memberWrites } from "../../models/populations/member_writes.ts";
import { openPopulation } from "../../models/populations/population.ts";
import { openReplayer } from "../../models/replay/replayer.ts";
import { onEachDevice } from "./on_each_device.ts";
import { randomImages } from "./training_fixture.ts";

const images = randomImages(21);

/** An augmentation without WGSL. */
const onHost: Augmentation = define(import.meta.url, "onHost", {
  name: "crop_on_host",
  title: cropAndMirror.title,
  description: cropAndMirror.description,
  fill: cropAndMirror.fill,
});

/** One tensor of a whole batch: the label of each image behind its pixels. */
function rowsOf(feed: ImageFeed): tf.Tensor {
  return tf.tidy(() => {
    const { x, labels } = feed.batch();
    const n = labels.size;
    return tf.concat([
      tf.reshape(x, [n, -1]),
      tf.reshape(tf.cast(labels, "float32"), [n, 1]),
    ], 1);
  });
}

/** Compares such rows with the batch of the host. */
function assertRows(rows: Float32Array, { values, labels }: HostBatches): void {
  const n = labels.length;
  const width = rows.length / n;
  for (const [i, label] of labels.entries()) {
    const row = rows.subarray(i * width, (i + 1) * width);
    assert.equal(row.at(-1), label);
    for (const [k, value] of row.subarray(0, -1).entries()) {
      const wanted = values[i * (width - 1) + k] as number;
      assert.ok(Math.abs(value - wanted) < 1e-5);
    }
  }
}

for (const augmentation of [cropAndMirror, onHost]) {
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
        step: () => rowsOf(feed),
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
        assertRows(await replayer.read(), host);
      }
      replayer.dispose();
      dispose();
      feed.dispose();
      device.tick();
    },
    { devices: ["webgpu-software"] },
  );
}

for (const shared of [true, false]) {
  onEachDevice(
    `batches of several feeds are made at once, of ${
      shared ? "the same images" : "images of their own"
    }`,
    async (device) => {
      const { gpu } = device;
      assert.ok(gpu !== undefined);
      const options = [3, 4, 5].map((seed) => ({
        augmentation: wide,
        batchSize: 5,
        seed,
        images: shared ? images : {
          ...images,
          images: images.images.map((byte) => byte ^ seed),
        },
      }));
      const feeds = options.map((one) => deviceFeed(gpu, one));
      const hosts = options.map((one) => hostBatches(one.images, one));
      const [first] = feeds;
      assert.ok(first !== undefined);
      first.startEpoch(1);
      first.moveTo(0);
      const { recording, output, dispose } = captureStep(gpu, {
        step: () => rowsOf(first),
        carried: [],
      });
      const population = openPopulation(gpu.device, recording, {
        recorded: first.buffers,
        members: feeds.map(({ buffers }) => buffers),
      });
      assert.equal(population.dispatches.looped, 0);
      const writes = memberWrites(gpu.device, population);
      for (const [m, feed] of feeds.entries()) {
        population.load(m);
        gpu.redirect(
          (buffer, values) => writes.take(m, { buffer, values }),
          () => {
            feed.startEpoch(2);
            feed.moveTo(m);
          },
        );
        hosts[m]?.startEpoch(2);
        hosts[m]?.fill(m);
      }
      writes.flush();
      const rows = gpu.bufferOf(output);
      const replayer = openReplayer(gpu.device, population, {
        outputs: feeds.map((_, m) => ({
          ...population.rangeOf(rows, m) ?? assert.fail("no range"),
          bytes: 4 * output.size,
        })),
        capacity: 1,
      });
      replayer.step();
      const all = await replayer.read();
      for (const [m, host] of hosts.entries()) {
        const from = m * output.size;
        assertRows(all.subarray(from, from + output.size), host);
      }
      replayer.dispose();
      population.dispose();
      dispose();
      for (const feed of feeds) feed.dispose();
      device.tick();
    },
    { devices: ["webgpu-software"] },
  );
}
