import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { lossMeter } from "../../models/loss_meter.ts";
import { onCpu } from "./on_cpu.ts";

Deno.test("lossMeter() gives the losses in order and keeps none", async () => {
  await onCpu();
  const before = tf.memory().numTensors;
  const meter = lossMeter();
  for (const value of [3, 1, 2]) {
    meter.add(tf.tidy(() => tf.keep(tf.scalar(value))));
  }
  assert.equal(meter.waiting, 3);
  assert.deepEqual([...await meter.read()], [3, 1, 2]);
  assert.equal(meter.waiting, 0);
  meter.add(tf.scalar(4));
  meter.dispose();
  assert.equal(tf.memory().numTensors, before);
});
