/**
 * Kills runs at random moments, as often as one likes: `deno task bench:kill
 * [--times N] [--seed N]`. Ends with an error at the first store that is not as
 * good as that of an undisturbed run.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { killRuns } from "../engine/kill_rounds.ts";

const { values } = benchOptions({
  times: { type: "string", default: "200" },
  seed: { type: "string", default: "1" },
}, { numbers: ["times", "seed"] });
const start = performance.now();
const { kills, rounds, resumed } = await killRuns({
  times: Number(values.times),
  seed: Number(values.seed),
  onKill: (kills) =>
    Deno.stderr.writeSync(new TextEncoder().encode(`\r${kills} kills`)),
});
const seconds = (performance.now() - start) / 1000;
// deno-lint-ignore no-console -- a benchmark prints
console.log(
  `\r${kills} kills in ${rounds} runs from an empty store, ${resumed} trainings resumed, ${
    seconds.toFixed(0)
  } s: each store as after an undisturbed run, no recorded stage repeated`,
);
