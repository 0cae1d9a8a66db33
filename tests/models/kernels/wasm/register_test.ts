import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import {
  input,
  registerFastKernels,
} from "../../../../models/kernels/wasm/fast_kernel.ts";
import {
  type Heap,
  memoryOf,
  openHeap,
} from "../../../../models/kernels/wasm/heap.ts";
import type { KernelExports } from "../../../../models/kernels/wasm/kernel_exports.ts";
import { registerWasmKernels } from "../../../../models/kernels/wasm/register.ts";
import { composedKernels } from "../../../../models/ops/fused_kernel.ts";
import { softmaxCrossEntropy } from "../../../../models/ops/cross_entropy.ts";
import { startWasmBackend } from "./wasm_backend.ts";
import { onCpu } from "../../on_cpu.ts";
import { test } from "../../../full.ts";

Deno.test("registerWasmKernels() refuses another backend", async () => {
  await onCpu();
  await assert.rejects(registerWasmKernels(), {
    message: 'Cannot register the wasm kernels: the backend is "cpu"',
  });
});

Deno.test("registerWasmKernels() replaces compositions, and does nothing the second time", async () => {
  await startWasmBackend();
  const loss = () =>
    tf.tidy(() =>
      softmaxCrossEntropy(
        tf.tensor2d([[1, 2, 4]]),
        tf.tensor1d([2], "int32"),
        { smoothing: 0 },
      ).dataSync()[0] as number
    );
  const before = loss();
  assert.deepEqual(composedKernels("wasm"), ["SoftmaxCrossEntropyMean"]);
  await registerWasmKernels();
  const kernel = tf.getKernel("Conv2D", "wasm");
  await registerWasmKernels();
  assert.equal(tf.getKernel("Conv2D", "wasm"), kernel);
  assert.deepEqual(composedKernels("wasm"), []);
  assert(Math.abs(loss() - before) < 1e-6);
});

Deno.test("composedKernels() names a kernel of tfjs's own that did a large call instead of ours", async () => {
  await startWasmBackend();
  await registerWasmKernels();
  const heap = {} as Heap; // not looked at by a kernel that covers nothing
  registerFastKernels({ Relu6: () => undefined }, heap);
  tf.tidy(() => tf.relu6(tf.zeros([10])));
  assert(!composedKernels("wasm").includes("Relu6"));
  tf.tidy(() => tf.relu6(tf.zeros([64, 64])));
  assert(composedKernels("wasm").includes("Relu6"));
});

Deno.test("a kernel of ours refuses a layout that neither it nor tfjs covers", async () => {
  await startWasmBackend();
  await registerWasmKernels();
  tf.tidy(() => {
    assert.throws(
      () =>
        tf.engine().runKernel("Conv2DBackpropFilter", {
          x: tf.zeros([1, 1, 4, 4]),
          dy: tf.zeros([1, 1, 4, 4]),
        }, {
          strides: 1,
          pad: "same",
          dataFormat: "NCHW",
          filterShape: [1, 1, 1, 1],
        }),
      {
        message:
          'Cannot run kernel "Conv2DBackpropFilter" on the wasm backend: its data types or layout are not supported',
      },
    );
  });
});

Deno.test("input() refuses a call without the tensor", () => {
  assert.throws(
    () =>
      input({
        inputs: {},
        attrs: {},
      }, "x"),
    { message: 'Cannot run a kernel: its input "x" is missing' },
  );
});

Deno.test("memoryOf() refuses a backend that hides its memory", () => {
  assert.throws(() => memoryOf({ wasm: {} } as BackendWasm), {
    message:
      "Cannot share the memory of the wasm backend: this build of tfjs does not export it",
  });
});

Deno.test("a heap refuses to hand out memory that tfjs could not allocate", () => {
  const full = {
    wasm: {
      asm: { memory: new WebAssembly.Memory({ initial: 1 }) },
      _malloc: () => 0,
    },
  } as unknown as BackendWasm;
  const heap = openHeap(full, {} as KernelExports);
  assert.throws(() => heap.output([3]), {
    message: "Cannot allocate 12 bytes for the wasm kernels: the heap is full",
  });
});

Deno.test("a heap that grows leaves every tensor what it was", async () => {
  await startWasmBackend();
  await registerWasmKernels();
  const x = tf.tensor1d([1, 2, 3, 4, 5]);
  const memory = memoryOf(tf.backend() as BackendWasm);
  const before = memory.buffer.byteLength;
  const big: tf.Tensor[] = [];
  while (memory.buffer.byteLength === before) big.push(tf.fill([1 << 22], 2));
  const y = tf.mul(x, x);
  assert.deepEqual([...y.dataSync()], [1, 4, 9, 16, 25]);
  tf.dispose([x, y, ...big]);
});

test.inFull("kernels in several workers at once give the same bits", async () => {
  const run = (): Promise<Float32Array> => {
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
    const worker = new Worker(import.meta.resolve("./gradient_worker.ts"), {
      type: "module",
    });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data as Float32Array);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error(event.message));
    };
    return promise;
  };
  const [first, second] = await Promise.all([run(), run()]);
  assert.equal(first?.length, 3 * 3 * 8 * 16);
  assert.deepEqual(first, second);
});
