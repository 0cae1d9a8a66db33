/**
 * Slurm's commands as programs that count how often they are called, whoever
 * calls them.
 *
 * @module
 */
import { join } from "node:path";
import type { Cluster } from "../../slurm/cluster.ts";

/** Commands that ask the controller, or the database of jobs, for something. */
const PROGRAMS = [
  "sbatch",
  "squeue",
  "sacct",
  "scontrol",
  "scancel",
  "sinfo",
  "sacctmgr",
  "srun",
] as const;

/** A cluster whose commands are counted. */
export interface CountedCluster {
  readonly cluster: Cluster;
  /** How often each was called since it was last asked; none that never was. */
  take(): Promise<Readonly<Record<string, number>>>;
}

/**
 * Puts programs before Slurm's own that write a line each time.
 *
 * @param options.instead lines of shell that answer for a program
 */
export async function countedCluster(
  cluster: Cluster,
  { instead = {} }: { readonly instead?: Readonly<Record<string, string>> } =
    {},
): Promise<CountedCluster> {
  const folder = join(cluster.folder, "counted");
  await Deno.mkdir(folder);
  const logOf = (program: string) => join(folder, `${program}.calls`);
  for (const program of PROGRAMS) {
    const line = instead[program] ?? `exec /usr/bin/${program} "$@"`;
    await Deno.writeTextFile(
      join(folder, program),
      `#!/bin/sh\necho >> ${logOf(program)}\n${line}\n`,
      { mode: 0o755 },
    );
  }
  const { env } = cluster;
  return {
    cluster: { ...cluster, env: { ...env, PATH: `${folder}:${env["PATH"]}` } },
    async take() {
      const counts: Record<string, number> = {};
      for (const program of PROGRAMS) {
        const text = await Deno.readTextFile(logOf(program)).catch(() => "");
        if (text === "") continue;
        counts[program] = text.length;
        await Deno.remove(logOf(program));
      }
      return counts;
    },
  };
}
