/**
 * Speed of the engine, from process start to exit, as medians of five:
 *
 *     deno task bench:engine [--json] [--no-peers] [--runs N] [--npm FOLDER]
 *
 * Projects of trivial stages are generated and run through the real command
 * line. Peers that are installed (make, ninja, doit, snakemake, deno task with
 * its own caching, and wireit and turbo where `npm install wireit turbo` was run
 * in FOLDER) do the same in the same run: machines differ, ratios less.
 * `--json` prints the figures alone, in seconds, milliseconds and megabytes.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import {
  type GeneratedProject,
  generateProject,
} from "./engine/generated_project.ts";
import { hashingFigures } from "./engine/hashing.ts";
import {
  eventsOf,
  median,
  medianCost,
  medianOf,
  peakMegabytes,
  settle,
  timeOf,
} from "./engine/measure.ts";
import { type PeerFigures, peerFigures } from "./engine/peers.ts";

const { values } = benchOptions({
  json: { type: "boolean", default: false },
  peers: { type: "boolean", default: true },
  runs: { type: "string", default: "5" },
  npm: { type: "string" },
}, { numbers: ["runs"] });
const runs = Number(values.runs);

/** What each figure should be at most, in its unit; seconds of no-ops where Deno starts in 0.024 s. */
const TARGETS: Readonly<Record<string, number>> = {
  noop_1000_s: 0.08,
  noop_10000_s: 0.3,
  cold_1000_s: 2,
  edit_one_over_noop_s: 0.03,
  isolated_stage_ms: 25,
  hash_1gib_s: 0.7,
  unchanged_1gib_s: 0.06,
  rss_10000_mb: 300,
};

const ISOLATED = 40;

async function measure(folder: string): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const stages of [1000, 10_000]) {
    for (const shape of ["fan", "chain"] as const) {
      const project = await generateProject({
        folder: `${folder}/${shape}-${stages}`,
        shape,
        stages,
      });
      const cold = await timeOf(project);
      await settle();
      await timeOf(project); // what has just been written is looked at once more
      Object.assign(
        figures,
        await medianCost(`noop_${stages}_${shape}`, {
          runs,
          runnable: project,
        }),
      );
      if (stages === 10_000) {
        const megabytes = await peakMegabytes(project.command);
        figures["rss_10000_mb"] = Math.max(
          figures["rss_10000_mb"] ?? 0,
          megabytes,
        );
        continue;
      }
      if (shape === "chain") {
        figures["cold_1000_chain_s"] = cold;
        continue;
      }
      Object.assign(figures, await editFigures(project));
      figures["cold_1000_s"] = await medianOf(runs, () => coldTimeOf(project));
    }
  }
  const slower = (stages: number) =>
    Math.max(
      figures[`noop_${stages}_fan_s`] ?? NaN,
      figures[`noop_${stages}_chain_s`] ?? NaN,
    );
  return {
    noop_1000_s: slower(1000),
    noop_10000_s: slower(10_000),
    ...figures,
    isolated_stage_ms: await isolatedMilliseconds(folder),
    ...await hashingFigures({ folder: `${folder}/hash`, runs }),
    ...await medianCost("start", {
      runs,
      runnable: { command: [Deno.execPath(), "eval", ""] },
    }),
  };
}

/**
 * Seconds of a run with an empty store. The store that was there is put aside
 * and not deleted: for five seconds ext4 gives no inode out again, and looks at
 * each deleted one for every new file.
 */
async function coldTimeOf(project: GeneratedProject): Promise<number> {
  await Deno.rename(
    `${project.folder}/.store`,
    `${project.folder}-${crypto.randomUUID()}`,
  ).catch((error: unknown) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  return await timeOf(project);
}

/**
 * Edits of one leaf, one after the other, as a user makes them: some seconds
 * after the last run, so that no file is looked at again because it has just
 * been written, and with a run between that takes up what the last edit made,
 * as the no-op has had it. `edit_one_again_1000_s` is without that run.
 *
 * `edit_stages_s` is what its stages take, the leaf and the two that gather it
 * and others; `edit_one_over_noop_s` what is left above a no-op in the same turn.
 */
async function editFigures(
  project: GeneratedProject,
): Promise<Readonly<Record<string, number>>> {
  let salt = 1_000_000;
  const edited = async () => {
    await project.edit(++salt);
    return await timeOf(project);
  };
  const again: number[] = [];
  const turns: { readonly noop: number; readonly edit: number }[] = [];
  for (let run = 0; run < runs; run++) {
    await settle();
    again.push(await edited());
    await settle();
    await timeOf(project);
    turns.push({ noop: await timeOf(project), edit: await edited() });
  }
  const stages = await medianOf(runs, async () => {
    await project.edit(++salt);
    return await stageSeconds(project);
  });
  return {
    edit_one_1000_s: median(turns.map(({ edit }) => edit)),
    edit_one_again_1000_s: median(again),
    edit_stages_s: stages,
    edit_one_over_noop_s: median(turns.map(({ edit, noop }) => edit - noop)) -
      stages,
  };
}

/** Seconds from the start of the first stage to the end of the last, by the events of a run. */
async function stageSeconds({ command }: GeneratedProject): Promise<number> {
  const times = (await eventsOf([...command, "--json"]))
    .filter(({ kind }) => /^stage-(started|finished)$/.test(kind))
    .map(({ at }) => Date.parse(at));
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

/** What a stage in a worker takes over none at all, the start of workers shared among all. */
async function isolatedMilliseconds(folder: string): Promise<number> {
  const project = await generateProject({
    folder: `${folder}/isolated`,
    shape: "fan",
    stages: ISOLATED,
  });
  const cold = await medianOf(runs, () => coldTimeOf(project));
  const noop = await medianOf(runs, () => timeOf(project));
  return (cold - noop) / ISOLATED * 1000;
}

const round = (value: number) => Math.round(value * 1000) / 1000;

const folder = await Deno.makeTempDir({ prefix: "bench-engine-" });
try {
  const figures = Object.fromEntries(
    Object.entries(await measure(folder))
      .map(([name, value]) => [name, round(value)]),
  );
  const peers: readonly PeerFigures[] = values.peers
    ? await peerFigures({ folder: `${folder}/peers`, runs, npm: values.npm })
    : [];
  for (const { name, figures: of } of peers) {
    for (const [figure, value] of Object.entries(of)) {
      figures[`${name}_${figure}`] = round(value);
    }
  }
  // deno-lint-ignore no-console -- a program of its own
  const print = console.log;
  if (values.json) print(JSON.stringify(figures, null, 1));
  else {
    for (const [name, value] of Object.entries(figures)) {
      const target = TARGETS[name];
      const note = target === undefined
        ? ""
        : `  (at most ${target}${value <= target ? "" : ": MISSED"})`;
      print(`${name.padEnd(32)} ${`${value}`.padStart(9)}${note}`);
    }
    for (const { name, version, figures: of, failure } of peers) {
      if (failure !== undefined) print(`${name} failed: ${failure}`);
      const ratio = (ours: string, theirs: string) => {
        const value = of[theirs];
        return value === undefined
          ? "not measured"
          // Processor time is counted in hundredths of a second.
          : value === 0
          ? "too little to measure"
          : `${((figures[ours] ?? NaN) / value).toFixed(2)} ×`;
      };
      const both = (unit: string) =>
        (["fan", "chain"] as const).map((shape) => {
          const name = `noop_1000_${shape}_${unit}`;
          return `${shape} ${ratio(name, name)}`;
        }).join(", ");
      print(
        version === undefined
          ? `${name}: not installed`
          : `ours / ${name} ${version}, no-op of 1,000: ${
            both("s")
          }; processor time ${both("cpu_s")}`,
      );
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
