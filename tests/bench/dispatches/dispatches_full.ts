import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { tilingOf } from "../../../models/kernels/webgpu/gpu/tiling.ts";
import { findAdapter } from "../../../models/device/adapter.ts";
import { compareTiles, tilesTable } from "./compare_tiles.ts";
import { dispatchRows, dispatchTable, remarkOn } from "./dispatch_table.ts";
import { listDispatches, type ListedDispatch } from "./listed_dispatches.ts";
import { openGpu } from "./open_gpu.ts";
import { operationsOf } from "./operations_of.ts";
import { openStep } from "./steps.ts";
import { timeDispatches, TIMESTAMPS } from "./time_dispatches.ts";

const ROOFLINE = { operations: 1e12, bytes: 1e9, processors: 10 };
const adapter = await findAdapter("any");
const isTimed = adapter?.features.has(TIMESTAMPS) === true;

/** For the name of a test that needs an adapter, or one that times. */
const IF_GPU = adapter === null ? " (skipped: no WebGPU here)" : "";
const IF_TIMED = isTimed ? "" : " (skipped: no adapter here that times)";

Deno.test("operationsOf() counts products and convolutions, and nothing else", () => {
  const count = (
    kernel: string,
    inputs: Record<string, number[]>,
    { output = [], ...attributes }: {
      output?: number[];
      [name: string]: unknown;
    },
  ) => operationsOf(kernel, { inputs, output, attributes });
  const product = { a: [5, 2, 3], b: [5, 3, 7] };
  assert.equal(
    count("BatchMatMul", product, { output: [5, 2, 7] }),
    2 * 5 * 2 * 3 * 7,
  );
  assert.equal(
    count("_FusedMatMul", { a: [3, 2], b: [3, 7] }, {
      output: [2, 7],
      transposeA: true,
    }),
    2 * 2 * 3 * 7,
  );
  const expected = 2 * (4 * 8 * 8 * 16) * (3 * 3 * 12);
  const [x, dy, filter] = [[4, 8, 8, 12], [4, 8, 8, 16], [3, 3, 12, 16]];
  assert.equal(count("Conv2D", { x, filter }, { output: dy }), expected);
  assert.equal(
    count("Conv2DBackpropInput", { dy, filter }, { output: x }),
    expected,
  );
  assert.equal(
    count("Conv2DBackpropFilter", { x, dy }, {
      output: filter,
      filterShape: filter,
    }),
    expected,
  );
  assert.equal(
    count("DepthwiseConv2dNative", { x, filter: [3, 3, 12, 1] }, { output: x }),
    2 * (4 * 8 * 8 * 12) * 9,
  );
  assert.equal(count("Relu", { x }, { output: x }), 0);
});

function dispatch(
  { call, ...rest }: Partial<ListedDispatch> & { readonly call: number },
): ListedDispatch {
  return {
    command: { kind: "dispatch" } as ListedDispatch["command"],
    call,
    kernel: "A",
    groups: 1,
    lanes: 64,
    operations: 0,
    bytes: 4000,
    ...rest,
  };
}

Deno.test("dispatchRows() joins equal dispatches and puts first what took longest", () => {
  const rows = dispatchRows([
    dispatch({ call: 0 }),
    dispatch({ call: 1, kernel: "B", operations: 8e6 }),
    dispatch({ call: 2 }),
    dispatch({ call: 3, kernel: "C" }),
    dispatch({ call: 3, kernel: "C" }),
  ], { roofline: ROOFLINE, milliseconds: [1, 2.5, 3, 0.2, 0.1] });
  assert.deepEqual(rows.map(({ name, times }) => [name, times]), [
    ["A", 2],
    ["B", 1],
    ["C 1/2", 1],
    ["C 2/2", 1],
  ]);
  // A waits for memory, B for arithmetic.
  assert.deepEqual(rows.slice(0, 2).map(({ least }) => least), [8e-6, 8e-6]);
  assert.equal(rows[0]?.seconds, 0.004);
  const table = dispatchTable(rows, { roofline: ROOFLINE, most: 3 });
  assert.match(
    table,
    /^dispatch .*% of roof\nA .*\nB .*\nC 1\/2 .*\n… and 1 more$/,
  );
});

Deno.test("remarkOn() names what leaves a card idle by count", () => {
  const row = {
    name: "A",
    times: 1,
    groups: 1,
    lanes: 64,
    operations: 0,
    bytes: 4 * 64 * 1000,
    least: 0,
  };
  assert.equal(remarkOn(row, ROOFLINE), "a lane for 1000 values");
  assert.equal(remarkOn({ ...row, lanes: 2560 }, ROOFLINE), "");
  assert.equal(
    remarkOn({ ...row, bytes: 64, operations: 1 }, ROOFLINE),
    "1 of 10 multiprocessors",
  );
});

Deno.test({
  name:
    `listDispatches() knows every dispatch of a step of R8, and all of its arithmetic${IF_GPU}`,
  ignore: adapter === null,
  async fn() {
    const batch = 2;
    const device = await openGpu("software");
    const gpu = device.use(device.tiling);
    const step = openStep("r8", { batch });
    step.take().dispose();
    gpu.flush();
    const kernels = tf.getKernel("Conv2D", "webgpu");
    const { dispatches, dispose } = listDispatches(gpu, step.take);
    assert.equal(tf.getKernel("Conv2D", "webgpu"), kernels, "as before");
    // [pixels, channels in and out]; the images have no gradient.
    const convolutions = [
      [32 * 32, 3, 16, 2],
      [32 * 32, 16, 16, 3],
      [32 * 32, 16, 16, 3],
      [16 * 16, 16, 32, 3],
      [16 * 16, 32, 32, 3],
      [8 * 8, 32, 64, 3],
      [8 * 8, 64, 64, 3],
    ] as const;
    const expected = convolutions.reduce(
      (sum, [pixels, from, to, times]) =>
        sum + times * 2 * batch * pixels * 9 * from * to,
      3 * 2 * batch * 64 * 10,
    );
    const counted = dispatches.reduce((sum, one) => sum + one.operations, 0);
    assert(Math.abs(counted / expected - 1) < 1e-9, `${counted} ${expected}`);
    assert(dispatches.every(({ bytes, lanes }) => bytes > 0 && lanes > 0));
    assert(dispatches.some(({ kernel }) => kernel === "(update)"));
    dispose();
    step.dispose();
    device.tick();
    device.dispose();
  },
});

Deno.test({
  name: `compareTiles() times every product with every tile${IF_TIMED}`,
  ignore: !isTimed,
  async fn() {
    const device = await openGpu("hardware");
    const [a, b] = [tf.ones([40, 30]), tf.ones([30, 20])] as tf.Tensor2D[];
    const step = () => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);
    const gpu = device.use(device.tiling);
    step().dispose();
    gpu.flush();
    const { tiles } = tilingOf({ software: false });
    const products = await compareTiles({
      ...device,
      step,
      rounds: 1,
    });
    assert.equal(products.length, 1);
    const [{ kernel, chosen, tiles: times } = {
      kernel: "",
      chosen: 0,
      tiles: [],
    }] = products;
    assert.equal(kernel, "BatchMatMul 40×30 30×20");
    assert.equal(times.length, tiles.length);
    for (const time of [chosen, ...times]) assert(time > 0);
    assert.match(tilesTable(products, tiles), /^product, .* 128×128 .*loss\n/);
    tf.dispose([a, b]);
    device.tick();
    device.dispose();
  },
});

Deno.test({
  name: `timeDispatches() gives each dispatch of a step its time${IF_TIMED}`,
  ignore: !isTimed,
  async fn() {
    const device = await openGpu("software");
    const x = tf.ones([300, 300]);
    const gpu = device.use(device.tiling);
    gpu.flush();
    const listed = listDispatches(gpu, () => tf.tidy(() => tf.sum(tf.exp(x))));
    const { dispatches, step } = await timeDispatches(
      gpu.device,
      listed.recording,
      { rounds: 2 },
    );
    assert.equal(dispatches.length, listed.dispatches.length);
    const sum = dispatches.reduce((total, one) => total + one, 0);
    assert(dispatches.every((one) => one > 0) && sum < step, `${sum} ${step}`);
    listed.dispose();
    x.dispose();
    device.tick();
    device.dispose();
  },
});
