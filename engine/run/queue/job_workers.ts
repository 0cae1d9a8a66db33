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
import { digestOfFile } from "../../store/disk_entry.ts";
import type { StoreUse } from "../../store/use_store.ts";
import { takeSnapshot } from "../workers/code_snapshot.ts";
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
  const own: Readonly<Record<string, string>> = {
    deno: Deno.version.deno,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
  };
  const here: Readonly<Record<string, string>> = Object.assign(
    {},
    own,
    ...environments.filter(({ package: name }) => name in key.packages)
      .map(({ facts }) => facts),
  );
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

/** Isolates for the code of each run, started when they are first asked for. */
export interface JobWorkers extends Disposable {
  /** Why this process must leave a job to others, since its own isolates are not those of the run; `undefined` if they are. */
  unfitFor(job: Pick<Job, "code">): string | undefined;
  /**
   * Those for a job.
   *
   * @throws {Error} if the code is not in the queue
   */
  of(job: Pick<Job, "code">): Workers;
}

/** No isolates yet. */
export function newJobWorkers(
  queue: Pick<QueueFiles, "code" | "pathOfCode">,
  { root, store, use }: WorkPlace,
): JobWorkers {
  const started = new Map<Digest, Workers>();
  const unfit = new Map<Digest, string | undefined>();

  function compare({ files, own }: JobCode): string | undefined {
    const other = own.find((path) =>
      digestAt(join(root, path)) !== files[path]
    );
    return other === undefined
      ? undefined
      : `stages with another "${other}" are left to others; ${CHECK_OUT}`;
  }

  function start({ files, own }: JobCode): Workers {
    return newWorkers({
      root,
      reuse: true,
      snapshot: async () => ({
        copies: await takeSnapshot(new Map(Object.entries(files)), {
          root,
          store,
          leases: use,
          from: (_, digest) => queue.pathOfCode(digest),
        }),
        own,
        paths: Object.keys(files),
      }),
    });
  }

  return {
    unfitFor({ code: digest }) {
      const code = unfit.has(digest) ? undefined : queue.code(digest);
      if (code !== undefined) unfit.set(digest, compare(code));
      return unfit.get(digest);
    },
    of({ code: digest }) {
      let workers = started.get(digest);
      if (workers === undefined) {
        const code = queue.code(digest);
        if (code === undefined) {
          throw new Error(
            "Cannot run: the code of the stage is not in the queue; run reproduce again",
          );
        }
        started.set(digest, workers = start(code));
      }
      return workers;
    },
    [Symbol.dispose]() {
      for (const workers of started.values()) workers[Symbol.dispose]();
    },
  };
}

function digestAt(path: string): Digest | undefined {
  try {
    return digestOfFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
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
