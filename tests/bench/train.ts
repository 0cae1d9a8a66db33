/**
 * Time of a training step on this machine, as ratios within one run:
 *
 *     deno run -A tests/bench/train.ts [--json FILE] [--profile] [--steps N] [--no-vanilla]
 *         [--side N] [--networks r8,mlp,vit] [--webgpu r8] [--populations 4,16]
 *         [--turns 2,4]
 *
 * R8, an MLP and a small ViT at batch 128 with AdamW, and MobileNetV3 where it
 * is named; ours in one process and in two at once, R8 on tfjs alone (a minute;
 * `--no-vanilla` leaves it out), and PyTorch on the CPU where python3 has it, in
 * both layouts, as one process of two threads and as two of one. The images of
 * R8 and MobileNetV3 have `--side` pixels each way (32).
 * The networks after `--webgpu` also on whatever WebGPU adapter there is: with
 * our kernels, each step anew, one captured and replayed, or replayed for
 * populations, and with tfjs's. With `--turns` each of two processes trains
 * several networks by turns, and every other time takes as many steps of one.
 * `--profile` prints the time of each kernel of R8 instead.
 *
 * @module
 */
import { V8_FLAGS } from "../../cli/shell/v8_flags.ts";
import { benchOptions, refuse } from "./bench_options.ts";
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
  side: { type: "string", default: "32" },
  profile: { type: "boolean", default: false },
  vanilla: { type: "boolean", default: true },
  networks: { type: "string", default: "r8,mlp,vit" },
  webgpu: { type: "string", default: "r8" },
  populations: { type: "string", default: "4,16" },
  turns: { type: "string", default: "" },
}, { numbers: ["steps", "side"] });

/** The MLP and the ViT are of one size. */
const sideOf = (network: string) =>
  network === "mlp" || network === "vit" ? "32" : values.side;

/** The names in a list with commas; none in an empty one. */
function namesOf(list: string): readonly string[] {
  const names = list === "" ? [] : list.split(",");
  const unknown = names.find((name) => !NETWORKS.includes(name));
  if (unknown !== undefined) {
    refuse(`Cannot time "${unknown}": the networks are ${NETWORKS.join(", ")}`);
  }
  return names;
}

const networks = namesOf(values.networks);
const severalOf = (list: string) =>
  list.split(",").map(Number).filter((members) => members > 1);
const populations = severalOf(values.populations);
const onWebGpu = namesOf(values.webgpu);

/** Runs a command that prints JSON, or gives `undefined` if it fails. */
async function measure(
  command: string,
  args: readonly string[],
): Promise<unknown> {
  // It throws, not rejects, where there is no such command.
  const run = async () =>
    await new Deno.Command(command, {
      args: [...args],
      env: { OMP_WAIT_POLICY: "PASSIVE" },
      stdout: "piped",
      stderr: "piped",
    }).output();
  const output = await run().catch(() => undefined);
  if (output === undefined || !output.success) return undefined;
  return JSON.parse(new TextDecoder().decode(output.stdout));
}

async function ours(
  network: string,
  mode: string,
  steps = Number(values.steps),
): Promise<readonly Time[]> {
  const times = await measure(Deno.execPath(), [
    ...[
      "run",
      "-A",
      V8_FLAGS,
      STEP.href,
      network,
      mode,
      `${steps}`,
      sideOf(network),
    ],
  ]);
  if (times === undefined) {
    throw new Error(`Cannot measure "${network}" (${mode}): the run failed`);
  }
  return times as readonly Time[];
}

/** Steps of PyTorch, and what computed them. */
interface TorchTimes {
  readonly times: readonly number[];
  readonly by: string;
}

async function torch(
  network: string,
  { layout, threads }: { readonly layout: string; readonly threads: number },
): Promise<TorchTimes | undefined> {
  const { steps } = values;
  for (const python of ["/usr/bin/python3", "python3"]) {
    const measured = await measure(python, [
      ...[TORCH.pathname, network, steps, sideOf(network), layout],
      `${threads}`,
    ]);
    if (measured !== undefined) return measured as TorchTimes;
  }
  return undefined;
}

/** PyTorch with both cores, in each layout, as one process and as two. */
async function peers(network: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const layout of ["channels_last", "contiguous_format"]) {
    for (const processes of [1, 2]) {
      const threads = 2 / processes;
      const all = await Promise.all(
        Array.from(
          { length: processes },
          () => torch(network, { layout, threads }),
        ),
      );
      const measured = all.flatMap((one) => one ?? []);
      const [first] = measured;
      if (first === undefined) return [];
      rows.push({
        network,
        runner: `${first.by}, ${layout}, ${processes} × ${threads} thread${
          threads === 1 ? "" : "s"
        }`,
        processes,
        milliseconds: median(measured.flatMap(({ times }) => times)),
      });
    }
  }
  return rows;
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
  const rows = await peers(network);
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
  add("wasm kernels, one process", await ours(network, "kernels"), 1);
  const both = await Promise.all([
    ours(network, "kernels"),
    ours(network, "kernels"),
  ]);
  add("wasm kernels, two processes", both.flat(), 2);
  for (const members of severalOf(values.turns)) {
    const steps = 2 * Number(values.steps);
    const of = () => ours(network, `turns-${members}`, steps);
    const times = (await Promise.all([of(), of()])).flat();
    // The first is of each network, and each process takes an even number.
    for (const [odd, what] of ["networks by turns", "steps of one"].entries()) {
      add(
        `wasm kernels, two processes, ${members} ${what}`,
        times.filter((_, i) => i % 2 === odd),
        2 * members,
      );
    }
  }
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
    const peers = rows.filter(({ network, runner }) =>
      network === row.network && runner.startsWith("PyTorch")
    );
    const perNetwork = row.milliseconds / row.processes;
    const best = peers.map(({ milliseconds, processes }) =>
      milliseconds / processes
    ).reduce((least, time) => Math.min(least, time), Infinity);
    const ratio = peers.length === 0
      ? ""
      : `${(best / perNetwork).toFixed(2)} × the best`;
    out.push([
      row.network.padEnd(9),
      row.runner.padEnd(62),
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
    args: [
      "run",
      "-A",
      V8_FLAGS,
      STEP.href,
      "r8",
      "profile",
      values.steps,
      values.side,
    ],
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
