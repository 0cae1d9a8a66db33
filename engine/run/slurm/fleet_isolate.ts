/**
 * The isolate that deals with Slurm. It alone may start Slurm's commands, and
 * loads the code of this room and what that imports: what pipelines bring along
 * can start no program.
 *
 * @module
 */
import { messageOf } from "../../define/message_of.ts";
import type {
  DetachedRun,
  FleetStart,
  FromFleet,
  ToFleet,
} from "./fleet_protocol.ts";
import { type Fleet, openFleet } from "./fleet.ts";
import { mayHaveWorkers } from "./look.ts";
import { pilotScript, runScript } from "./pilot_script.ts";
import { DEFAULT_POOL, type Pool, RUN_POOL } from "./pools.ts";
import {
  type RunSlurm,
  slurmCommands,
  slurmVariables,
} from "./slurm_command.ts";
import { keepOver, openSubmissions, writeSubmission } from "./submission.ts";
import { type ClusterFacts, clusterFacts, refusal, submit } from "./submit.ts";
import { tendFleet, type Work } from "./tend_fleet.ts";

const scope = self as unknown as {
  postMessage(message: FromFleet): void;
  onmessage: ((event: MessageEvent<ToFleet>) => void) | null;
};

const slurm = slurmCommands(slurmVariables());
const end = new AbortController();
let start: FleetStart | undefined;
let facts: ClusterFacts | undefined;
let fleet: Fleet | undefined;
let tending: Promise<void> | undefined;
let work: Work = { pools: new Map(), done: 0 };
let device: string | undefined;

scope.onmessage = ({ data }) => {
  answer(data).catch((error) => {
    const message = messageOf(error);
    scope.postMessage({ kind: "failed", message });
  });
};

async function answer(said: ToFleet): Promise<void> {
  switch (said.kind) {
    case "start":
      start = said;
      fleet = await open(said);
      return scope.postMessage({ kind: "ready" });
    case "work":
      work = { pools: new Map(said.pools), done: said.done };
      device = said.device;
      if (fleet === undefined || tending !== undefined) return;
      tending = tendFleet(fleet, { work: () => work, signal: end.signal });
      return await tending;
    case "detach":
      if (start === undefined) return;
      return scope.postMessage({
        kind: "detached",
        job: await detach(start, said),
      });
    case "cancel":
      end.abort();
      await tending?.catch(() => {}); // it was told already
      await fleet?.cancel();
      return scope.postMessage({ kind: "cancelled" });
  }
}

async function open(
  { store, checkout, pools, extra, worker }: FleetStart,
): Promise<Fleet> {
  // While nodes fail Slurm refuses what it took before; whoever has workers goes on.
  if (!await mayHaveWorkers(openSubmissions(store, { checkout }), slurm)) {
    await checkPools(pools, { extra, slurm });
  }
  facts = await clusterFacts(slurm);
  return openFleet({
    store,
    checkout,
    pools,
    device: () => device,
    extra,
    ...facts,
    slurm,
    clock: Date.now,
    script: (pool, folder) =>
      pilotScript(pool, {
        folder,
        worker: [...worker, "--device", pool.device ?? device ?? "auto"],
      }),
    onNote: (message, more = []) =>
      scope.postMessage({ kind: "note", message, more }),
    onState: (states) => scope.postMessage({ kind: "state", pools: states }),
  });
}

/**
 * Asks Slurm whether it would take workers of all pools.
 *
 * @throws {Error} with its reason, if not
 */
async function checkPools(
  pools: readonly Pool[],
  options: { readonly extra: readonly string[]; readonly slurm: RunSlurm },
): Promise<void> {
  for (const pool of pools) {
    const reason = await refusal(pool, options);
    if (reason === undefined) continue;
    throw new Error(
      `Cannot use pool "${pool.name}": Slurm would not take its workers (${reason}); nothing was submitted: change the pool (--slurm) or the words after --`,
    );
  }
}

/** Submits a run as a job, in the pool of its device; its id. */
async function detach(
  { store, checkout, pools, extra }: FleetStart,
  { run, from, device }: DetachedRun,
): Promise<string> {
  const like = pools.find((pool) => pool.device === device) ?? pools[0] ??
    DEFAULT_POOL;
  const pool: Pool = { ...like, name: RUN_POOL, cpus: 1, memory: "4G" };
  const { setup } = pool;
  const submission = writeSubmission(store, {
    pool: RUN_POOL,
    workers: 1,
    script: (folder) => runScript({ folder, run, from, setup }),
    now: Date.now(),
    checkout,
    cluster: facts?.cluster,
  });
  const answer = await submit(submission, { pool, extra, slurm });
  if (answer.kind === "refused") {
    keepOver(submission);
    throw new Error(`Cannot submit the run: Slurm took no job (${answer.why})`);
  }
  if (answer.kind === "unknown") {
    throw new Error(
      `Cannot tell whether the run was submitted: ${answer.why}; "squeue --me" tells, and a second run does no harm`,
    );
  }
  return submission.job ?? "";
}
