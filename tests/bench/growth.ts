/**
 * Whether a process that computes on WebGPU grows: 100,000 dispatches computed
 * by tfjs and as many replayed; then whether a process that trains ten
 * architectures in turn ends with the memory of one.
 *
 *     deno run -A --v8-flags=--expose-gc tests/bench/growth.ts [--dispatches N]
 *
 * Prints resident memory, its peak, mappings and the bytes of tfjs's buffers.
 * The memory of one is what the median of the ten architectures leaves
 * resident when a fresh process trains it alone, once, and
 * {@linkcode MOST_OF_ONE} times as much still counts as that: the allocator
 * keeps what was needed at once at some time.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import * as tf from "@tensorflow/tfjs-core";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";
import { captureStep } from "../../models/replay/capture.ts";
import { openReplayer } from "../../models/replay/replayer.ts";
import { type Held, heldNow } from "./held_now.ts";

/** Channels of the last block of each architecture. */
const WIDTHS = Array.from({ length: 10 }, (_, i) => 20 + 4 * i);

/** How much more than one architecture may stay resident after ten. */
const MOST_OF_ONE = 1.1;

const { values } = benchOptions({
  dispatches: { type: "string", default: "100000" },
  device: { type: "string", default: "webgpu-software" },
}, { numbers: ["dispatches"] });
const DISPATCHES = Number(values.dispatches);
const device = await startDevice(
  await chooseDevice(values.device as "webgpu" | "webgpu-software"),
);
const { gpu } = device;
if (gpu === undefined) {
  throw new Error(`Cannot measure growth: "${device.name}" is no GPU`);
}

function report(what: string, held: Held = heldNow()): void {
  const { resident, peak, mappings, bufferBytes } = held;
  print(
    `${what.padEnd(40)} ${resident} MiB resident, at most ${peak}; ` +
      `${mappings} mappings, ${bufferBytes} bytes of buffers`,
  );
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** A chain of operations, each of one dispatch at least. */
const CHAIN = 50;
const variable = tf.tidy(() => tf.variable(tf.ones([64])));
function chain(): tf.Tensor {
  return tf.tidy(() => {
    let y: tf.Tensor = variable;
    for (let i = 0; i < CHAIN; i++) y = i % 2 === 0 ? tf.neg(y) : tf.sin(y);
    variable.assign(y as tf.Tensor1D);
    return tf.sum(y);
  });
}

report("started");
for (let i = 1; i <= DISPATCHES / CHAIN; i++) {
  chain().dispose();
  device.tick();
  if (i % 100 === 0) await gpu.device.queue.onSubmittedWorkDone();
  if (i % (DISPATCHES / CHAIN / 4) === 0) {
    report(`${i * CHAIN} dispatches by tfjs`);
  }
}

const captured = captureStep(gpu, { step: chain, carried: [variable] });
const replayer = openReplayer(gpu.device, captured.recording, {
  outputs: [],
  capacity: Infinity,
});
for (let i = 1; i <= DISPATCHES / CHAIN; i++) {
  replayer.step();
  device.tick();
  if (i % 100 === 0) await gpu.device.queue.onSubmittedWorkDone();
  if (i % (DISPATCHES / CHAIN / 4) === 0) {
    report(`${i * CHAIN} dispatches replayed`);
  }
}
replayer.dispose();
captured.dispose();
variable.dispose();

device.dispose();

/** What a process of its own holds after it trained networks of these widths in turn. */
async function trained(widths: readonly number[]): Promise<Held> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--v8-flags=--expose-gc"],
      new URL("architectures.ts", import.meta.url).pathname,
      ...["--device", values.device, ...widths.map(String)],
    ],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot train networks of widths ${widths}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const alone: Held[] = [];
for (const width of WIDTHS) {
  const held = await trained([width]);
  report(`width ${width} alone, once`, held);
  alone.push(held);
}
const often = await trained(WIDTHS.map(() => WIDTHS.at(-1) ?? 0));
report(`width ${WIDTHS.at(-1)} alone, ${WIDTHS.length} times`, often);
const inTurn = await trained(WIDTHS);
report(`${WIDTHS.length} architectures in turn`, inTurn);
const sorted = alone.map(({ resident }) => resident).sort((a, b) => a - b);
const one = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
const ratio = inTurn.resident / one;
print(
  `${ratio.toFixed(2)} of what the median of them holds alone: ${
    ratio <= MOST_OF_ONE ? "the memory of one" : "more than one"
  } (at most ${MOST_OF_ONE})`,
);
