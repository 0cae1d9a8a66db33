/**
 * Trains R8 for some steps on the kernels and prints the digest of its
 * parameters: print_training.ts SIDE, of images of SIDE pixels each way.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { digestOf } from "../../../../engine/define/hash.ts";
import { stream } from "../../../../engine/define/random.ts";
import { registerWasmKernels } from "../../../../models/kernels/wasm/register.ts";
import { makeR8, r8Trainer } from "../r8_network.ts";
import { startWasmBackend } from "./wasm_backend.ts";

const BATCH = 128;
const side = Number(Deno.args[0]);

await startWasmBackend();
await registerWasmKernels();
const random = stream(0, "training");
const draw = (shape: readonly number[]) =>
  Float32Array.from(
    { length: tf.util.sizeFromShape([...shape]) },
    () => random.normal(),
  );
const parameters = makeR8((name, shape) =>
  /scale/.test(name)
    ? new Float32Array(shape[0] ?? 0).fill(1)
    : draw(shape).map((value) => value / 8)
);
const { step } = r8Trainer(parameters);
const images = [BATCH, side, side, 3] as const;
const x = tf.tensor4d(draw(images), [...images]);
const labels = tf.tensor1d(
  Int32Array.from({ length: BATCH }, () => random.integer(10)),
  "int32",
);
for (let i = 0; i < 5; i++) step(x, labels).dispose();
const digests = Object.values(parameters).map((parameter) =>
  digestOf(new Uint8Array(parameter.dataSync().buffer.slice(0)))
);
await Deno.stdout.write(
  new TextEncoder().encode(
    `\nparameters ${digestOf(new TextEncoder().encode(digests.join()))}\n`,
  ),
);
