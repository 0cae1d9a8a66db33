/**
 * Time of a training step on this machine, as ratios within one run:
 *
 *     deno run -A tests/bench/train.ts [--json FILE] [--profile] [--steps N] [--no-vanilla]
 *         [--networks r8,mlp,vit] [--webgpu r8] [--populations 4,16]
 *
 * R8, an MLP and a small ViT at batch 128 with AdamW, and MobileNetV3 where it
 * is named; ours in one process and in two at once, R8 on tfjs alone (a minute;
 * `--no-vanilla` leaves it out), and PyTorch on the CPU where python3 has it.
 * The networks after `--webgpu` also on whatever WebGPU adapter there is: with
 * our kernels, each step anew, one captured and replayed, or replayed for
 * populations, and with tfjs's. `--profile` prints the time of each kernel of
 * R8 instead.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { findAdapter } from "../../models/device/adapter.ts";

/** One line of the table: the median step in milliseconds. */
interface Row {
  readonly network: string;
  readonly runner: string;
  readonly milliseconds: number;
  /** Those of them in which JavaScript ran; left out where that was not measured. */
  readonly script?: number;
  /** Networks trained at once. */
  readonly processes: number;
}

/** Milliseconds of one step. */
interface Time {
  readonly step: number;
  readonly script?: number;
}

const NETWORKS = ["r8", "mlp", "vit", "mobilenet"];
const STEP = new URL("./train_step.ts", import.meta.url);
const TORCH = new URL("./train_torch.py", import.meta.url);

const { values } = benchOptions({
  json: { type: "string" },
  steps: { type: "string", default: "12" },
  profile: { type: "boolean", default: false },
  vanilla: { type: "boolean", default: true },
  networks: { type: "string", default: "r8,mlp,vit" },
  webgpu: { type: "string", default: "r8" },
  populations: { type: "string", default: "4,16" },
}, { numbers: ["steps"] });

/** The names in a list with commas; none in an empty one. */
function namesOf(list: string): readonly string[] {
  const names = list === "" ? [] : list.split(",");
  const unknown = names.find((name) => !NETWORKS.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot time "${unknown}": the networks are ${NETWORKS.join(", ")}`,
    );
  }
  return names;
}

const networks = namesOf(values.networks);
const populations = values.populations.split(",").map(Number)
  .filter((members) => members > 1);
const onWebGpu = namesOf(values.webgpu);

/** Runs a command that prints JSON, or gives `undefined` if it fails. */
async function measure(
  command: string,
  args: readonly string[],
): Promise<readonly Time[] | undefined> {
  const output = await new Deno.Command(command, {
    args: [...args],
    env: { OMP_WAIT_POLICY: "PASSIVE" },
    stdout: "piped",
    stderr: "piped",
  }).output().catch(() => undefined);
  if (output === undefined || !output.success) return undefined;
  const times: readonly (number | Time)[] = JSON.parse(
    new TextDecoder().decode(output.stdout),
  );
  return times.map((time) => typeof time === "number" ? { step: time } : time);
}

function ours(
  network: string,
  mode: string,
  steps = Number(values.steps),
): Promise<readonly Time[]> {
  return measure(Deno.execPath(), [
    "run",
    "-A",
    STEP.href,
    network,
    mode,
    `${steps}`,
  ]).then((times) => {
    if (times === undefined) {
      throw new Error(`Cannot measure "${network}" (${mode}): the run failed`);
    }
    return times;
  });
}

async function torch(network: string): Promise<readonly Time[] | undefined> {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const times = await measure(python, [
      TORCH.pathname,
      network,
      values.steps,
    ]);
    if (times !== undefined) return times;
  }
  return undefined;
}

/** The WebGPU adapter of this machine, if it has one. */
async function adapterName(): Promise<string | undefined> {
  return (await findAdapter("any"))?.info.description;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1
    ? upper
    : (upper + (sorted[half - 1] ?? NaN)) / 2;
}

async function compare(network: string): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (
    runner: string,
    times: readonly Time[],
    processes: number,
  ): void => {
    const scripts = times.flatMap(({ script }) => script ?? []);
    rows.push({
      network,
      runner,
      processes,
      milliseconds: median(times.map(({ step }) => step)),
      ...(scripts.length === 0 ? {} : { script: median(scripts) }),
    });
  };
  const peer = await torch(network);
  if (peer !== undefined) add("PyTorch CPU, two threads", peer, 1);
  add("wasm kernels, one process", await ours(network, "kernels"), 1);
  const both = await Promise.all([
    ours(network, "kernels"),
    ours(network, "kernels"),
  ]);
  add("wasm kernels, two processes", both.flat(), 2);
  if (values.vanilla && network === "r8") {
    add("tfjs wasm alone", await ours(network, "vanilla"), 1);
  }
  if (onWebGpu.includes(network) && await adapterName() !== undefined) {
    add("webgpu kernels", await ours(network, "webgpu"), 1);
    add("webgpu kernels, replayed", await ours(network, "webgpu-replay"), 1);
    for (const members of populations) {
      const steps = Math.ceil(Number(values.steps) / members);
      add(
        `webgpu kernels, ${members} networks`,
        await ours(network, `webgpu-${members}`, steps),
        members,
      );
    }
    if (values.vanilla) {
      add("tfjs webgpu alone", await ours(network, "webgpu-vanilla"), 1);
    }
  }
  return rows;
}

function print(rows: readonly Row[]): void {
  const out: string[] = [];
  for (const row of rows) {
    const peer = rows.find(({ network, runner }) =>
      network === row.network && runner.startsWith("PyTorch")
    );
    const perNetwork = row.milliseconds / row.processes;
    const ratio = peer === undefined
      ? ""
      : `${(perNetwork / peer.milliseconds).toFixed(2)} × PyTorch`;
    out.push([
      row.network.padEnd(9),
      row.runner.padEnd(28),
      `${row.milliseconds.toFixed(1)} ms a step`.padStart(18),
      `${perNetwork.toFixed(1)} ms a network-step`.padStart(26),
      (row.script === undefined
        ? ""
        : `${row.script.toFixed(1)} ms of JavaScript`).padStart(24),
      ratio.padStart(16),
    ].join(" "));
  }
  Deno.stdout.writeSync(new TextEncoder().encode(`${out.join("\n")}\n`));
}

if (values.profile) {
  await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", STEP.href, "r8", "profile", values.steps],
  }).spawn().status;
} else {
  const adapter = await adapterName();
  if (adapter !== undefined) {
    Deno.stdout.writeSync(
      new TextEncoder().encode(`WebGPU adapter: ${adapter}\n`),
    );
  }
  const rows: Row[] = [];
  for (const network of networks) {
    const more = await compare(network);
    print(more);
    rows.push(...more);
  }
  if (values.json !== undefined) {
    await Deno.writeTextFile(values.json, JSON.stringify(rows, null, 2));
  }
}
