/**
 * Whether this machine may run a job: with this checkout and its packages, this
 * Deno and this device its key must be what it is; and the isolates that do.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Digest } from "../../define/hash.ts";
import type { Environment } from "../../define/task_context.ts";
import type { PackageLock } from "../../keys/packages.ts";
import { environmentOf } from "../../keys/static_key.ts";
import type { Claim, Lease } from "../../store/lease.ts";
import type { StoreUse } from "../../store/use_store.ts";
import { digestAt, takeSnapshot } from "../workers/code_snapshot.ts";
import type { WorkerJob } from "../workers/execute_in_worker.ts";
import { newWorkers, type Workers } from "../workers/workers.ts";
import type { Job, JobCode, QueueFiles } from "./queue_files.ts";

/** What this process is, as keys have it. */
export interface WorkPlace {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the store. */
  readonly store: string;
  readonly use: StoreUse;
  readonly lock: Pick<PackageLock, "versionOf">;
  readonly environments: readonly Environment[];
}

/**
 * Why this process must leave a job to others, in words that do not name it;
 * `undefined` if it may run it.
 */
export function unfitFor(
  { key }: Pick<Job, "key">,
  { lock, environments }: Pick<WorkPlace, "lock" | "environments">,
): string | undefined {
  const leave = (what: string, theirs: string, ours = "nothing") =>
    `stages with ${what} ${theirs} are left to others: here is ${ours}`;
  for (const [name, version] of Object.entries(key.packages)) {
    const here = versionIn(lock, name);
    if (here === version) continue;
    return `${leave(`package ${name}`, version, here)}; ${CHECK_OUT}`;
  }
  const own = environmentOf({}, []);
  const here = environmentOf(key.packages, environments);
  const names = new Set([
    ...Object.keys(here),
    ...Object.keys(key.environment),
  ]);
  for (const name of names) {
    const [theirs, ours] = [key.environment[name], here[name]];
    if (theirs === ours) continue;
    const why = leave(name, theirs ?? "nothing", ours);
    return name in own ? `${why}; ${CHECK_OUT}` : why;
  }
  return undefined;
}

/** What helps where this checkout would make other keys. */
const CHECK_OUT =
  "check out the commit of the run, with its packages and its Deno";

function versionIn(
  lock: Pick<PackageLock, "versionOf">,
  name: string,
): string | undefined {
  try {
    return lock.versionOf(name);
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** Isolates for the code of each run, started when they are first asked for; few wait that have nothing to do. */
export interface JobWorkers extends Disposable {
  /** Why this process must leave a job to others, since its own isolates are not those of the run; `undefined` if they are. */
  unfitFor(job: Pick<Job, "code">): string | undefined;
  /**
   * Runs stages as one job in isolates for its code, as {@linkcode Workers} do.
   *
   * @throws {Error} if the code is not in the queue
   * @throws the reason of a signal, when it is raised
   */
  runTogether(
    job: Pick<Job, "code">,
    stages: readonly WorkerJob[],
  ): ReturnType<Workers["runTogether"]>;
}

/** Of so many runs isolates wait though none of their stages is here: two runs may take turns. */
const MOST_WAITING = 1;

/** Isolates for one code. */
interface Started {
  readonly workers: Workers;
  /** By which their copy of it is kept. */
  readonly leases: Lease[];
  /** How many jobs they are at. */
  running: number;
}

/** No isolates yet. */
export function newJobWorkers(
  queue: Pick<QueueFiles, "code" | "pathOfCode">,
  { root, store, use }: WorkPlace,
): JobWorkers {
  /** Those used last are last. */
  const started = new Map<Digest, Started>();
  const unfit = new Map<Digest, string | undefined>();

  function compare({ files, own }: JobCode): string | undefined {
    const other = own.find((path) =>
      digestAt(join(root, path)) !== files[path]
    );
    return other === undefined
      ? undefined
      : `stages with another "${other}" are left to others; ${CHECK_OUT}`;
  }

  function start(digest: Digest): Started {
    const code = queue.code(digest);
    if (code === undefined) {
      throw new Error(
        "Cannot run: the code of the stage is not in the queue; run reproduce again",
      );
    }
    const { files, own } = code;
    const leases: Lease[] = [];
    async function claim(name: string): Promise<Claim> {
      const claim = await use.claim(name);
      if (claim.kind === "ours") leases.push(claim.lease);
      return claim;
    }
    const workers = newWorkers({
      root,
      reuse: true,
      snapshot: async () => ({
        copies: await takeSnapshot(new Map(Object.entries(files)), {
          root,
          store,
          leases: { claim },
          from: (_, digest) => queue.pathOfCode(digest),
        }),
        own,
        paths: Object.keys(files),
      }),
    });
    return { workers, leases, running: 0 };
  }

  /** Ends isolates that wait, but for the last ones: each holds memory, and a copy of its code. */
  function endWaiting(): void {
    const waiting = [...started].filter(([, { running }]) => running === 0);
    for (
      const [digest, { workers, leases }] of waiting.slice(0, -MOST_WAITING)
    ) {
      started.delete(digest);
      workers[Symbol.dispose]();
      for (const lease of leases) lease[Symbol.dispose]();
    }
  }

  return {
    unfitFor({ code: digest }) {
      const code = unfit.has(digest) ? undefined : queue.code(digest);
      if (code !== undefined) unfit.set(digest, compare(code));
      return unfit.get(digest);
    },
    async runTogether({ code: digest }, stages) {
      const one = started.get(digest) ?? start(digest);
      started.delete(digest);
      started.set(digest, one);
      one.running++;
      endWaiting();
      try {
        return await one.workers.runTogether(stages);
      } finally {
        one.running--;
      }
    },

    [Symbol.dispose]() {
      for (const { workers } of started.values()) workers[Symbol.dispose]();
    },
  };
}

/** A module by its path from the root of a project; by its URL if it is no file. */
export function pathOfModule(module: string, root: string): string {
  return module.startsWith("file:")
    ? relative(root, fileURLToPath(module))
    : module;
}

/** The module that {@linkcode pathOfModule} named. */
export function moduleAt(path: string, root: string): string {
  return /^[a-z]+:/.test(path) ? path : pathToFileURL(join(root, path)).href;
}
