/**
 * Runs of toy pipelines in a real Slurm, each a process of its own.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { SLURM_PROGRAMS } from "../../engine/run/slurm/slurm_command.ts";
import { filesBelow } from "../files_below.ts";
import type { Cluster } from "./cluster.ts";

/** Folder of the project. */
export const ROOT = new URL("../../", import.meta.url).pathname;
const MAIN = "tests/slurm/sweep_main.ts";

/** A pool of small workers. */
export const POOLS = {
  cpu: {
    time: "0:10:00",
    memory: "900M",
    cpus: 1,
    jobs: 1,
    workers: 3,
    idle: 3,
  },
};

/** What a run said. */
export interface RunEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface SlurmRunProcess {
  readonly child: Deno.ChildProcess;
  /** What it has said so far. */
  said(): string;
  end(): Promise<RunEnd>;
}

/** Starts a command of the toy program, or of another, with Slurm within reach. */
export function startRun(
  cluster: Cluster,
  words: readonly string[],
  { root = ROOT, main = MAIN }: {
    /** Folder of the project. */
    readonly root?: string;
    /** Path from there to the program. */
    readonly main?: string;
  } = {},
): SlurmRunProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-prompt", "--no-check"],
      ...["--config", join(root, "deno.json")],
      ...["--allow-read", `--allow-write=${cluster.folder}`],
      `--allow-run=${SLURM_PROGRAMS.join(",")}`,
      ...["--allow-env", "--allow-sys=hostname,systemMemoryInfo"],
      join(root, main),
      ...words,
    ],
    cwd: cluster.folder,
    clearEnv: true,
    env: { ...cluster.env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let stdout = "";
  const read = (async () => {
    for await (
      const text of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      stdout += text;
    }
  })();
  const stderr = new Response(child.stderr).text();
  return {
    child,
    said: () => stdout,
    async end() {
      const { code } = await child.status;
      await read;
      return { code, stdout, stderr: await stderr };
    },
  };
}

/** Words of a run of the sweep in Slurm. */
export async function slurmWords(
  cluster: Cluster,
  profile: "smoke" | "default" | "full" | "gpu",
  pools: unknown = POOLS,
  pipeline = "sweep",
): Promise<readonly string[]> {
  await Deno.writeTextFile(
    join(cluster.folder, "pools.json"),
    JSON.stringify(pools),
  );
  return [
    ...["reproduce", pipeline, "--profile", profile, "--device", "wasm"],
    ...["--store", "store", "--site", "site", "--lease", "2"],
    ...["--executor", "slurm", "--slurm", "pools.json"],
  ];
}

/** The same words for a run on another device. */
export function onDevice(
  words: readonly string[],
  device: string,
): readonly string[] {
  return words.with(words.indexOf("--device") + 1, device);
}

/** The same words for a run in which nobody is killed: a busy machine is not taken for a dead one. */
export function unhurried(words: readonly string[]): readonly string[] {
  return words.with(words.indexOf("--lease") + 1, "30");
}

/** What a store holds: names of artifacts and records, which are digests of what is in them. */
export function resultsIn(store: string): readonly string[] {
  return filesBelow(store).filter((path) => /^(objects|records)\//.test(path))
    .toSorted();
}

/** What the runs of a store say of the workers that made their stages. */
export async function workersSaid(
  cluster: Cluster,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const words = ["runs", "--json", "--store", "store"];
  const { code, stdout, stderr } = await startRun(cluster, words).end();
  assert.equal(code, 0, stderr);
  const runs: readonly {
    readonly workers?: readonly Readonly<Record<string, string>>[];
  }[] = JSON.parse(stdout);
  return runs.flatMap(({ workers = [] }) => workers);
}

/** What the workers of a store said: how often each stage began; and for how many workers Slurm was asked, in how many submissions. */
export function startsIn(store: string): {
  readonly submissions: number;
  readonly workers: number;
  readonly stages: ReadonlyMap<string, number>;
  readonly logs: string;
} {
  const folder = join(store, "slurm");
  const submissions = [...Deno.readDirSync(folder)];
  const workers = submissions.map(({ name }): number =>
    JSON.parse(Deno.readTextFileSync(join(folder, name, "asked.json"))).workers
  ).reduce((sum, one) => sum + one, 0);
  const logs = submissions.flatMap(({ name }) =>
    [...Deno.readDirSync(join(folder, name))]
      .filter((file) => /^\d+\.log$/.test(file.name))
      .map((file) => {
        const text = Deno.readTextFileSync(join(folder, name, file.name));
        return `\n-- log ${name}/${file.name}\n${text}`;
      })
  ).join("");
  const stages = new Map<string, number>();
  for (const [, stage = ""] of logs.matchAll(/^start (\S+)$/gm)) {
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
  }
  return { submissions: submissions.length, workers, stages, logs };
}

/** What a run on one machine makes. */
export async function expected(
  cluster: Cluster,
  words: readonly string[],
): Promise<readonly string[]> {
  const here = words
    .filter((word) => word !== "--slurm" && word !== "pools.json")
    .map((word) => word === "slurm" || word === "store" ? "here" : word);
  const { code, stderr } = await startRun(cluster, here).end();
  assert.equal(code, 0, stderr);
  return resultsIn(join(cluster.folder, "here"));
}

/** The cluster for such a run: Slurm waits for a node that a busy machine holds up, and does not begin its jobs anew. */
export const UNHURRIED = {
  lines: ["MessageTimeout=60", "SlurmdTimeout=300"],
};
