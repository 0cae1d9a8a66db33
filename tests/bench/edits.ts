/**
 * Edits code while it runs, at random moments, as often as one likes: `deno task
 * bench:edits [--times N] [--seed N]`. Ends with an error at the first record
 * that is not what the code gives that its key names.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { editRuns } from "../engine/edit_rounds.ts";

const { values } = benchOptions({
  times: { type: "string", default: "200" },
  seed: { type: "string", default: "1" },
}, { numbers: ["times", "seed"] });
const start = performance.now();
const { runs, edits, refused, failed, records } = await editRuns({
  times: Number(values.times),
  seed: Number(values.seed),
  onEdit: (edits) =>
    Deno.stderr.writeSync(new TextEncoder().encode(`\r${edits} edits`)),
});
const seconds = (performance.now() - start) / 1000;
// deno-lint-ignore no-console -- a benchmark prints
console.log(
  `\r${edits} edits in ${runs} runs, of which ${refused} were refused and ${failed} failed of half a file, ${
    seconds.toFixed(0)
  } s: all ${records} records are what the code gives that their keys name`,
);
