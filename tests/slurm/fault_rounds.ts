/**
 * Kills what a run in Slurm is made of, at random moments, and compares what is
 * left with a run on one machine.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { stream } from "../../engine/define/random.ts";
import {
  type Cluster,
  CONTROLLER,
  hurry,
  pause,
  pauseOr,
  startCluster,
  until,
} from "./cluster.ts";
import {
  expected,
  resultsIn,
  slurmWords,
  startRun,
  startsIn,
} from "./slurm_run.ts";

/** What is killed. */
export const FAULTS = ["worker", "node", "controller", "run"] as const;

/** How many workers there are, each with one stage. */
const WORKERS = 3;

/** After so many kills a run may end: where there are more and more of them none gets anywhere. */
const KILLS_A_ROUND = 4;

/** A run has so long to end after the last kill. */
const MOST_MILLISECONDS = 300_000;

/** What so many kills came to. */
export interface Faults {
  readonly kills: number;
  readonly rounds: number;
  /** Stages that ran more than once, and how often in all. */
  readonly again: number;
  readonly submissions: number;
}

/** Kills so many times; a round is a run from an empty store to its end, on a cluster of its own: what a kill does to nodes outlasts the run. */
export async function killInSlurm(
  { faults, seed, onKill = () => {} }: {
    readonly faults: readonly typeof FAULTS[number][];
    readonly seed: number;
    /** Called with their number after each. */
    readonly onKill?: (kills: number) => void;
  },
): Promise<Faults> {
  let wanted: readonly string[] | undefined;
  const random = stream(seed, "faults");
  const left = [...faults];
  let [kills, rounds, again, submissions] = [0, 0, 0, 0];
  while (left.length > 0) {
    rounds++;
    await using cluster = await startCluster();
    const words = await slurmWords(cluster, "smoke");
    const store = join(cluster.folder, "store");
    wanted ??= await expected(cluster, words);
    await Deno.remove(store, { recursive: true }).catch(() => {});
    let run = startRun(cluster, words);
    let isOver = false;
    const watch = () => run.end().finally(() => isOver = true);
    let end = watch();
    await until(() => Promise.resolve(isOver || run.said().includes("start ")));
    let here = 0;
    for (; here < KILLS_A_ROUND && !isOver; here++) {
      const fault = left.shift();
      if (fault === undefined) break;
      onKill(++kills);
      if (fault === "run") {
        run.child.kill("SIGKILL");
        await end;
        run = startRun(cluster, words);
        isOver = false;
        end = watch();
      } else await strike(cluster, { fault, at: random.uniform() });
      await pause(1000 + random.uniform() * 4000);
    }
    const since = performance.now();
    while (!isOver) {
      if (performance.now() - since > MOST_MILLISECONDS) {
        throw new Error(`Cannot go on with the kills:\n${run.said()}`);
      }
      // A node may refuse a job that starts so soon: one more fault.
      await hurry(cluster, await hurry(cluster, new Set()));
      await pauseOr(end, 1000);
    }
    const { code, stdout, stderr } = await end;
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    assert.deepEqual(resultsIn(store), wanted);
    const starts = startsIn(store);
    submissions += starts.submissions;
    const more = [...starts.stages.values()].reduce((a, n) => a + n - 1, 0);
    // A controller that has forgotten jobs may end those of all workers at once.
    const most = here * WORKERS;
    assert.ok(more <= most, `${more} stages ran again after ${here} kills`);
    again += more;
  }
  return { kills, rounds, again, submissions };
}

async function strike(
  cluster: Cluster,
  { fault, at }: {
    readonly fault: "worker" | "node" | "controller";
    readonly at: number;
  },
): Promise<void> {
  if (fault === "worker") return await killWorker(cluster.folder, at);
  const node = cluster.nodes[Math.floor(at * cluster.nodes.length)] ?? "n1";
  const daemon = fault === "node" ? node : CONTROLLER;
  await cluster.kill(daemon);
  await pause(1500);
  await cluster.start(daemon);
}

/** Kills one of the processes that work for a store. */
async function killWorker(folder: string, at: number): Promise<void> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-eo", "pid=,args="],
  }).output();
  const pids = new TextDecoder().decode(stdout).split("\n").flatMap((line) => {
    const [, pid, args = ""] = /^ *(\d+) (.*)$/.exec(line) ?? [];
    const isWorker = args.includes(` work --store ${folder}/`) &&
      !args.startsWith("/bin/sh");
    return isWorker ? [Number(pid)] : [];
  });
  const pid = pids[Math.floor(at * pids.length)];
  if (pid !== undefined) Deno.kill(pid, "SIGKILL");
}
