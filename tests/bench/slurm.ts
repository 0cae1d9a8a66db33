/**
 * What it costs to run stages over workers in Slurm, on a real Slurm that is
 * started for it on this machine:
 *
 *     deno task bench:slurm [--stages N] [--workers W] [--jobs J] [--nodes K] [--peer snakemake] [--profile FOLDER]
 *
 * The stages compute nothing, so all that is seen is overhead: of the run, of
 * its W workers of J stages at once, and of Slurm, whose commands are counted.
 *
 * @module
 */
import { benchOptions, refuse } from "./bench_options.ts";
import { noSlurm, startCluster } from "../slurm/cluster.ts";
import { countedCluster } from "./slurm/counted_calls.ts";
import { firstLine } from "./peers/first_line.ts";
import { SACCT_BY_SQUEUE, timeSnakemake, WAYS } from "./slurm/snakemake.ts";
import { timeRun } from "./slurm/time_run.ts";

const { values } = benchOptions({
  stages: { type: "string", default: "1001" },
  workers: { type: "string", default: "3" },
  jobs: { type: "string", default: "2" },
  nodes: { type: "string", default: "3" },
  peer: { type: "string" },
  profile: { type: "string" },
}, { numbers: ["stages", "workers", "jobs", "nodes"] });

// deno-lint-ignore no-console -- a benchmark prints
const print = console.log;
const peerVersion = values.peer === undefined
  ? undefined
  : await versionOf(values.peer);
if (noSlurm !== undefined) {
  print(`Cannot measure: ${noSlurm}`);
  Deno.exit(1);
}
const stages = Number(values.stages);
await using cluster = await startCluster({ nodes: Number(values.nodes) });
const counted = await countedCluster(cluster, {
  instead: { sacct: SACCT_BY_SQUEUE },
});
const calls = async () =>
  Object.entries(await counted.take()).map(([name, count]) =>
    `${count} ${name}`
  ).join(", ");

const { all, first, last, after, fifths, workers } = await timeRun(
  counted.cluster,
  {
    stages,
    workers: Number(values.workers),
    jobs: Number(values.jobs),
  },
  values.profile === undefined ? [] : [
    "--cpu-prof",
    `--cpu-prof-dir=${values.profile}`,
  ],
);
const ms = (seconds: number) => `${(1000 * seconds).toFixed(1)} ms`;
print(`${stages} stages: ${all.toFixed(1)} s, ${ms(all / stages)} a stage`);
print(`until the first stage had ended: ${first.toFixed(1)} s`);
print(`a stage in each fifth of them: ${fifths.map(ms).join(", ")}`);
print(`the last one, which reads what all others made: ${last.toFixed(1)} s`);
print(`after the last: ${after.toFixed(1)} s`);
print(
  `stages by worker: ${
    Object.entries(workers).map(([worker, stages]) => `${worker} ${stages}`)
      .join(", ")
  }`,
);
print(`calls: ${await calls()}`);

for (const way of peerVersion === undefined ? [] : WAYS) {
  const seconds = await timeSnakemake(counted.cluster, { stages, way });
  print(
    `snakemake ${peerVersion} --${way}: ${seconds.toFixed(1)} s, ${
      ms(seconds / stages)
    } a stage; calls: ${await calls()}`,
  );
}

/** The version of the tool that the same stages are timed with; asked before anything is timed. */
async function versionOf(peer: string): Promise<string> {
  if (peer !== "snakemake") {
    refuse(`Cannot compare with "${peer}": the only peer is snakemake`);
  }
  return await firstLine(peer, "--version") ??
    refuse("Cannot compare with snakemake: it is not installed");
}
