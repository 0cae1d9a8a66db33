/**
 * The same number of stages by Snakemake, each a job of its own that writes a
 * file of a kilobyte, and one that reads all.
 *
 * @module
 */
import { join } from "node:path";
import { timeOf } from "../engine/measure.ts";
import type { Cluster } from "../../slurm/cluster.ts";

/** How Snakemake submits: by its executor for Slurm, or by a line of sbatch. */
export const WAYS = ["slurm", "cluster"] as const;

export type Way = typeof WAYS[number];

/**
 * Its executor for Slurm asks sacct alone how jobs end, and ends with an error
 * where there is no accounting, as in the cluster of tests. There squeue answers
 * in its place, which remembers all jobs for an hour.
 */
export const SACCT_BY_SQUEUE = `case "$*" in
  *--name*) for last; do :; done
    /usr/bin/squeue --noheader --states=all --name="$last" --format='%i|%T' ;;
esac`;

/** Seconds that it takes from command to end; all jobs may wait in Slurm's queue at once. */
export async function timeSnakemake(
  cluster: Cluster,
  { stages, way }: { readonly stages: number; readonly way: Way },
): Promise<number> {
  const folder = join(cluster.folder, `snakemake-${way}`);
  await Deno.mkdir(folder);
  await Deno.writeTextFile(
    join(folder, "Snakefile"),
    `TRAINED = [f"trained/{seed}" for seed in range(${stages - 1})]

rule conclude:
    input: TRAINED
    output: "concluded"
    shell: "cat trained/* | cksum > {output}"

rule train:
    output: "trained/{seed}"
    shell: "seq {wildcards.seed} 1000 | head -c 1024 > {output}"
`,
  );
  const words = way === "slurm" ? ["--slurm"] : [
    "--cluster",
    "sbatch --parsable --mem=500M --output=/dev/null",
  ];
  const env = { ...cluster.env, HOME: folder };
  return await timeOf({
    folder,
    command: [
      ...["env", "-i", ...Object.entries(env).map(([k, v]) => `${k}=${v}`)],
      ...["snakemake", "--quiet", "--jobs", `${stages}`, ...words],
      ...["--default-resources", "mem_mb=500", "runtime=60"],
    ],
  });
}
