/**
 * Kills runs at random moments, as often as one likes: `deno task bench:kill
 * [--times N] [--seed N] [--slurm]`. With `--slurm` it kills workers, nodes and
 * the controller of a Slurm of its own, too. Ends with an error at the first
 * store that is not as good as that of an undisturbed run.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { killRuns } from "../engine/kill_rounds.ts";
import { FAULTS, killInSlurm } from "../slurm/fault_rounds.ts";

const { values } = benchOptions({
  times: { type: "string", default: "200" },
  seed: { type: "string", default: "1" },
  slurm: { type: "boolean", default: false },
}, { numbers: ["times", "seed"] });
const [times, seed] = [Number(values.times), Number(values.seed)];
const start = performance.now();
const onKill = (kills: number) =>
  Deno.stderr.writeSync(new TextEncoder().encode(`\r${kills} kills`));

/** Kills what runs on this machine. */
async function here(): Promise<string> {
  const { kills, rounds, resumed } = await killRuns({ times, seed, onKill });
  return `${kills} kills in ${rounds} runs from an empty store, ${resumed} trainings resumed: each store as after an undisturbed run, no recorded stage repeated`;
}

/** Kills what a run in Slurm is made of, each kind in turn. */
async function inSlurm(): Promise<string> {
  const faults = Array.from(
    { length: Math.ceil(times / FAULTS.length) },
    () => FAULTS,
  ).flat().slice(0, times);
  const { kills, rounds, again, submissions } = await killInSlurm({
    faults,
    seed,
    onKill,
  });
  return `${kills} kills (${
    FAULTS.join(", ")
  }) in ${rounds} runs from an empty store, ${again} starts of stages more than one each, ${submissions} submissions: each store as after a run on one machine`;
}

const said = await (values.slurm ? inSlurm() : here());
const seconds = (performance.now() - start) / 1000;
// deno-lint-ignore no-console -- a benchmark prints
console.log(`\r${said}; ${seconds.toFixed(0)} s`);
