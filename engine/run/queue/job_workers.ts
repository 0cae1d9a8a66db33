/**
 * Whether this machine may run a job: with this checkout and its packages, this
 * Deno and this device its key must be what it is; and the isolates that do.
 *
 * @module
 */
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { StoreError } from "../../define/error.ts";
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
 * Why this process must leave a job to others, in words; `undefined` if it may
 * run it.
 *
 * @throws {Error} if it may run none of such jobs: what it is made of is not
 * what the run is made of
 */
export function unfitFor(
  { stage, key }: Pick<Job, "stage" | "key">,
  { lock, environments }: Pick<WorkPlace, "lock" | "environments">,
): string | undefined {
  const refuse = (what: string, theirs: string, ours: string) => {
    throw new Error(
      `Cannot work for this store: stage "${stage}" is to run with ${what} ${theirs}, and here is ${ours}; check out the commit of the run, with its packages and its Deno`,
    );
  };
  for (const [name, version] of Object.entries(key.packages)) {
    const here = versionIn(lock, name);
    if (here !== version) {
      refuse(`package ${name}`, version, here ?? "none of that name");
    }
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
    const [theirs, ours] = [key.environment[name], here[name]]
      .map((fact) => fact ?? "nothing") as [string, string];
    if (theirs === ours) continue;
    if (name in own) refuse(name, theirs, ours);
    return `stages with ${name} ${theirs} are left to others: here is ${ours}`;
  }
  return undefined;
}

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
  /**
   * Those for a job.
   *
   * @throws {Error} if the isolates of this checkout are not those of the run
   * @throws {StoreError} if the code is not in the queue
   */
  of(job: Pick<Job, "code">): Workers;
}

/** No isolates yet. */
export function newJobWorkers(
  queue: Pick<QueueFiles, "code" | "pathOfCode">,
  { root, store, use }: WorkPlace,
): JobWorkers {
  const started = new Map<Digest, Workers>();

  function start({ files, own }: JobCode): Workers {
    for (const path of own) {
      if (digestAt(join(root, path)) === files[path]) continue;
      throw new Error(
        `Cannot work for this store: "${path}" is another than in the run; check out the commit of the run`,
      );
    }
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
    of({ code: digest }) {
      let workers = started.get(digest);
      if (workers === undefined) {
        const code = queue.code(digest);
        if (code === undefined) {
          throw new StoreError(
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
