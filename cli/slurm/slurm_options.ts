/**
 * What a line says of workers in Slurm.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  DEFAULT_POOL,
  NOTICE_SECONDS,
  type Pool,
  readPools,
} from "../../engine/run/slurm/pools.ts";
import { unusableWord } from "../../engine/run/slurm/submit.ts";
import { pathList } from "../arguments/path_list.ts";
import { UsageError } from "../arguments/usage_error.ts";
import type { Display } from "../display/display.ts";
import type { SlurmRun } from "./slurm_run.ts";
import { V8_FLAGS } from "../shell/v8_flags.ts";

/**
 * The pools of the file that a line names, or the usual one.
 *
 * @throws {UsageError} if the file cannot be read, with all that is wrong in it
 */
async function poolsNamed(
  path: string | undefined,
  { folder }: { readonly folder: string },
): Promise<readonly Pool[]> {
  if (path === undefined) return [DEFAULT_POOL];
  const text = await Deno.readTextFile(resolve(folder, path))
    .catch((cause) => {
      throw new UsageError(`Cannot read pools "${path}": ${why(cause)}`, {
        cause,
      });
    });
  const read = readPools(text);
  if ("pools" in read) return read.pools;
  throw new UsageError(`Cannot use pools "${path}": something in it is wrong`, {
    list: read.wrong,
  });
}

function why(error: unknown): string {
  return error instanceof Deno.errors.NotFound
    ? "there is no such file"
    : error instanceof Error
    ? error.message
    : String(error);
}

/** Where a run and its workers are. */
export interface Places {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the store. */
  readonly store: string;
}

/** Words that start a worker on any node. */
function workerWords(
  places: Places,
  { lease }: { readonly lease: number | undefined },
): readonly string[] {
  const { root, store } = places;
  return [
    ...denoWords("work", root),
    `--allow-read=${pathList([root, store, "/etc/machine-id"])}`,
    `--allow-write=${pathList([store])}`,
    fileURLToPath(Deno.mainModule),
    ...["work", "--store", store, "--notice", `${NOTICE_SECONDS - 30}`],
    ...lease === undefined ? [] : ["--lease", `${lease}`],
  ];
}

/**
 * Words that do in a job what a line asks of this process.
 *
 * @param options.flags what permits what the line names
 */
export function runWords(
  args: readonly string[],
  { root, flags }: Pick<Places, "root"> & {
    readonly flags: readonly string[];
  },
): readonly string[] {
  const end = args.indexOf("--");
  const own = args.slice(0, end < 0 ? args.length : end);
  return [
    ...denoWords("default", root),
    ...flags,
    fileURLToPath(Deno.mainModule),
    ...own.filter((word) => word !== "--detach"),
    ...args.slice(own.length),
  ];
}

/** Words that start Deno from any folder, as the tasks of deno.json do. */
function denoWords(set: "default" | "work", root: string): readonly string[] {
  return [
    Deno.execPath(),
    ...["run", "-q", "--no-prompt", V8_FLAGS],
    ...["--config", join(root, "deno.json"), `-P=${set}`],
  ];
}

/**
 * Workers in Slurm, if a line asks for them.
 *
 * @throws {UsageError} if it says of them what cannot be, asks for none of them,
 * or names a folder that workers cannot be permitted
 */
export async function slurmFor(
  { executor, slurm, detach, sbatch, lease }: {
    readonly executor: string;
    readonly slurm: string | undefined;
    readonly detach: boolean;
    readonly sbatch: readonly string[];
    readonly lease: number | undefined;
  },
  { folder, show, ...places }: Places & {
    /** The folder that the line was given in. */
    readonly folder: string;
    readonly show: Display["show"];
  },
): Promise<SlurmRun | undefined> {
  if (executor !== "slurm") {
    if (slurm === undefined && !detach && sbatch.length === 0) return undefined;
    const word = slurm !== undefined ? "--slurm" : detach ? "--detach" : "--";
    throw new UsageError(
      `Cannot use option "${word}": it needs --executor slurm; add that, or leave it out`,
    );
  }
  const { openSlurmRun } = await import("./slurm_run.ts");
  const pools = await poolsNamed(slurm, { folder });
  const extra = [...pools.flatMap((pool) => pool.extra), ...sbatch];
  const unusable = unusableWord(extra); // one that is set already
  if (unusable !== undefined) throw new UsageError(unusable);
  return await openSlurmRun({
    ...places,
    pools,
    extra: sbatch,
    worker: workerWords(places, { lease }),
    show,
  });
}
