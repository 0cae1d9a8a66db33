/**
 * One run of trivial stages over workers in Slurm: its time, and where it went.
 *
 * @module
 */
import { join } from "node:path";
import { SLURM_PROGRAMS } from "../../../engine/run/slurm/slurm_command.ts";
import type { Cluster } from "../../slurm/cluster.ts";

/** What is measured. */
export interface Sweep {
  readonly stages: number;
  readonly workers: number;
  /** Stages that a worker runs at once. */
  readonly jobs: number;
}

/** Times of a run, in seconds. */
export interface RunTimes {
  /** From the command to its end. */
  readonly all: number;
  /** From the command to the end of the first stage. */
  readonly first: number;
  /** From the end of the last stage but one to that of the last, which reads what all others made. */
  readonly last: number;
  /** From the end of the last stage to that of the command. */
  readonly after: number;
  /** What a stage takes, in each fifth of all but the last, in the order in which they ended. */
  readonly fifths: readonly number[];
  /** Stages that workers began, by worker and its node. */
  readonly workers: Readonly<Record<string, number>>;
}

const ROOT = new URL("../../../", import.meta.url).pathname;

/** Runs it from an empty store. */
export async function timeRun(
  cluster: Cluster,
  { stages, workers, jobs }: Sweep,
  flags: readonly string[] = [],
): Promise<RunTimes> {
  const { folder } = cluster;
  const pools = { cpu: { cpus: 1, memory: "2G", jobs, workers } };
  await Deno.writeTextFile(join(folder, "pools.json"), JSON.stringify(pools));
  const start = Date.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-prompt", "--no-check", ...flags],
      ...["--config", join(ROOT, "deno.json")],
      ...["--allow-read", `--allow-write=${folder}`],
      `--allow-run=${SLURM_PROGRAMS.join(",")}`,
      ...["--allow-env", "--allow-sys=hostname,systemMemoryInfo"],
      join(ROOT, "tests/bench/slurm/main.ts"),
      ...["reproduce", "sweep", "--profile", "smoke", "--device", "wasm"],
      ...["--store", "store", "--site", "site", "--json"],
      ...["--executor", "slurm", "--slurm", "pools.json"],
    ],
    cwd: folder,
    clearEnv: true,
    env: { ...cluster.env, STAGES: `${stages}` },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const end = Date.now();
  if (!success) {
    throw new Error(`Cannot measure: ${new TextDecoder().decode(stderr)}`);
  }
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  return {
    ...timesOf(lines.map((line) => JSON.parse(line)), { start, end }),
    workers: await startsIn(join(folder, "store/slurm")),
  };
}

/** An event of a run, as `--json` prints it. */
interface Printed {
  readonly kind: string;
  readonly at: string;
}

function timesOf(
  events: readonly Printed[],
  { start, end }: { readonly start: number; readonly end: number },
): Omit<RunTimes, "workers"> {
  const ended = events.filter(({ kind }) => kind === "stage-finished");
  const times = ended.map(({ at }) => Date.parse(at));
  const last = times.pop() ?? NaN;
  const at = (share: number) =>
    times[Math.round(share * (times.length - 1))] ?? NaN;
  const seconds = (from: number, to: number) => (to - from) / 1000;
  return {
    all: seconds(start, end),
    first: seconds(start, at(0)),
    last: seconds(at(1), last),
    after: seconds(last, end),
    fifths: [0, 1, 2, 3, 4].map((i) =>
      seconds(at(i / 5), at((i + 1) / 5)) / (times.length / 5)
    ),
  };
}

/** What the logs of workers say. */
async function startsIn(folder: string): Promise<RunTimes["workers"]> {
  const starts: Record<string, number> = {};
  for await (const { name } of Deno.readDir(folder)) {
    for await (const file of Deno.readDir(join(folder, name))) {
      if (!file.name.endsWith(".log")) continue;
      const log = await Deno.readTextFile(join(folder, name, file.name));
      const [, worker = ""] = /^worker (\S+ on \S+),/m.exec(log) ?? [];
      starts[worker] = log.match(/^start /gm)?.length ?? 0;
    }
  }
  return starts;
}
