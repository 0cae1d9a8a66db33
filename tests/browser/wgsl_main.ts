/** Tests of the WGSL kernels with another compiler than that of Deno. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Page } from "playwright-core";
import { findAdapter } from "../../models/device/adapter.ts";
import { HALF_PRECISION } from "../../models/kernels/webgpu/gpu/tiling.ts";
import { gelu } from "../../models/ops/gelu.ts";
import "../../models/ops/gradients.ts";
import { openGpu } from "../bench/dispatches/open_gpu.ts";
import { openStep } from "../bench/dispatches/steps.ts";
import { CHROMIUM, openBrowser } from "./chromium.ts";
import { messagesOf, startDevice } from "./wgsl_messages.ts";

const missing = CHROMIUM === undefined
  ? "no Chromium here"
  : await findAdapter("any") === null
  ? "no adapter for WebGPU here"
  : undefined;

/** Small: only the programs matter, not what they compute. */
const BATCH = 2;

/** Its second barrier is met by half of the workgroup. */
const BARRIER_IN_A_BRANCH = `
var<workgroup> held: array<f32, 64>;
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) i: u32) {
  held[i] = y[i];
  workgroupBarrier();
  if (i < 32) { held[i] += held[i + 32]; workgroupBarrier(); }
  y[i] = held[i];
}`;

Deno.test({
  name:
    "registerWebGpuKernels() gives GPUs programs that another compiler takes without a word, barriers in branches included" +
    (missing === undefined ? "" : ` (skipped: ${missing})`),
  ignore: missing !== undefined,
  // The browser has timers of its own.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using opened = await openPage();
    if (!await startDevice(opened.page)) {
      await t.step({
        name: "(skipped: this browser has no WebGPU)",
        ignore: true,
        fn() {},
      });
      return;
    }
    const bad = await messagesOf(opened.page, BARRIER_IN_A_BRANCH);
    assert.match(bad.join("\n"), /workgroupBarrier.*uniform control flow/);
    const programs = await programsForGpus();
    assert.ok(programs.length > 100, `${programs.length} programs`);
    for (const program of programs) {
      assert.deepEqual(await messagesOf(opened.page, program), [], program);
    }
  },
});

/** A page that may use WebGPU: its origin must be one that browsers call secure. */
async function openPage(): Promise<AsyncDisposable & { readonly page: Page }> {
  const browser = await openBrowser({ webGpu: true });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response("<!doctype html>", {
        headers: { "content-type": "text/html" },
      }),
  );
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.addr.port}/`);
  return {
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.shutdown();
    },
  };
}

/** The programs of training steps, of our kernels and tfjs's, as a GPU gets them. */
async function programsForGpus(): Promise<readonly string[]> {
  const bench = await openGpu("hardware");
  const gpu = bench.use(bench.tiling);
  const { device } = gpu;
  const programs = new Set<string>();
  const createShaderModule = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => {
    programs.add(descriptor.code);
    return createShaderModule(descriptor);
  };
  const take = (network: "r8" | "vit") => {
    const step = openStep(network, { batch: BATCH });
    step.take().dispose();
    gpu.flush();
    step.dispose();
  };
  try {
    take("r8");
    take("vit");
    tf.tidy(() => tf.grad((x: tf.Tensor) => gelu(x))(tf.ones([BATCH, 4])));
    if (device.features.has(HALF_PRECISION)) {
      gpu.precision = "half";
      take("r8");
    }
  } finally {
    gpu.precision = "single";
    bench.dispose();
  }
  return [...programs];
}
