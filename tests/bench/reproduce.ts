/**
 * Where the time of a run went, from what the store remembers of it:
 *
 *     deno task bench:reproduce [--store DIR] [--run ID] [--jobs N]
 *
 * How many stages were at work at each moment, drawn as a strip; the stretches
 * in which fewer were than `--jobs` (2), and which; seconds of stages in
 * training, evaluation and the rest, then by task; of each kind of network the
 * images that trainings took steps on a second.
 * Without `--run`, of the run that took longest.
 *
 * @module
 */
import { workOf } from "../../cli/display/pace.ts";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import type { ProfileName } from "../../engine/define/pipeline.ts";
import { graphOf } from "../../engine/run/graph.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { benchOptions, refuse } from "./bench_options.ts";
import { openStore, type StageRecord } from "../../engine/store/store.ts";
import { pipelines } from "../../pipelines/registry.ts";

const { values } = benchOptions({
  store: { type: "string", default: ".store" },
  run: { type: "string" },
  jobs: { type: "string", default: "2" },
}, { numbers: ["jobs"] });
const jobs = Number(values.jobs);
const COLUMNS = 72;

// The history first: to open a store makes one where there is none.
const runs = runHistory(values.store).list()
  .filter(({ id }) => values.run === undefined || id.startsWith(values.run));
const run = runs.toSorted((a, b) => b.seconds - a.seconds)[0];
if (run === undefined) {
  refuse(
    values.run === undefined
      ? `Cannot say where time went: "${values.store}" remembers no run`
      : `Cannot find run "${values.run}" in "${values.store}"; deno task runs lists them`,
  );
}
const store = await openStore(values.store);

/** A stage that ran: when, in seconds from the start of the run. */
interface Span {
  readonly name: string;
  readonly task: string;
  readonly start: number;
  readonly end: number;
  /** Of a training: images that it took steps on, each as often as it did. */
  readonly imageSteps: number | undefined;
  /** Of a training: the model. */
  readonly model: string | undefined;
}

const profile = run.profile as ProfileName;
const works = new Map(
  pipelines.filter((one) => one.profiles.includes(profile)).flatMap((one) =>
    graphOf(one.build(profile)).nodes.map(({ stage }) => {
      const { model } = stage.args as { readonly model?: unknown };
      return [stage.name, {
        imageSteps: workOf(stage).imageSteps,
        model: isDefinition(model) ? sourceOf(model).name : undefined,
      }] as const;
    })
  ),
);
const start = Date.parse(run.started);
const spans = new Map<string, Span>();
for (const { stages } of Object.values(run.pipelines)) {
  for (const { key, state } of Object.values(stages)) {
    if (state !== "ran" || key === undefined || spans.has(key)) continue;
    const record = store.record(key);
    if (record !== undefined) spans.set(key, spanOf(record));
  }
}

function spanOf(
  { stage, key, finishedAt, seconds }: StageRecord,
): Span {
  const end = (Date.parse(finishedAt) - start) / 1000;
  return {
    name: stage,
    task: key.task.split("#").at(-1) ?? key.task,
    start: end - seconds,
    end,
    imageSteps: works.get(stage)?.imageSteps,
    model: works.get(stage)?.model,
  };
}

const all = [...spans.values()].sort((a, b) => a.start - b.start);
const busy = (at: number) =>
  all.filter(({ start, end }) => start <= at && at < end);

/** From one start or end of a stage to the next: nothing changes between. */
const moments = [
  ...new Set([
    0,
    run.seconds,
    ...all.flatMap((span) => [span.start, span.end]),
  ]),
]
  .filter((at) => at >= 0 && at <= run.seconds)
  .sort((a, b) => a - b);
const stretches = moments.slice(1).map((end, i) => {
  const start = moments[i] ?? 0;
  return { start, end, at: busy((start + end) / 2) };
});

const lines = [
  `run ${run.id} at profile ${run.profile}: ${
    run.seconds.toFixed(1)
  } s, ${all.length} stages ran`,
  Array.from(
    { length: COLUMNS },
    (_, i) => Math.min(9, busy((i + 0.5) / COLUMNS * run.seconds).length),
  ).join(""),
];
for (let n = 0; n < jobs; n++) {
  const seconds = stretches.filter(({ at }) => at.length === n)
    .reduce((sum, { start, end }) => sum + end - start, 0);
  lines.push(`${seconds.toFixed(1)} s with ${n} at work`);
}
const idle = stretches.filter(({ start, end, at }) =>
  at.length < jobs && end - start >= 0.5
).sort((a, b) => b.end - b.start - a.end + a.start);
for (const { start, end, at } of idle.slice(0, 12)) {
  lines.push(
    `  ${(end - start).toFixed(1)} s from ${start.toFixed(0)}: ${
      at.map(({ name }) => name).join(", ") || "nothing"
    }`,
  );
}
const total = all.reduce((sum, { start, end }) => sum + end - start, 0);
/** Lines for stages by what they have in common, those that took longest first. */
function shares(of: (span: Span) => string): readonly string[] {
  return [...Map.groupBy(all, of)].map(([name, spans]) => ({
    name,
    count: spans.length,
    seconds: spans.reduce((sum, { start, end }) => sum + end - start, 0),
    imageSteps: spans.reduce((sum, { imageSteps = 0 }) => sum + imageSteps, 0),
  })).sort((a, b) => b.seconds - a.seconds).slice(0, 14).map((
    { name, count, seconds, imageSteps },
  ) =>
    `${name.padEnd(24)} ${`${count}`.padStart(5)} stages ${
      seconds.toFixed(1).padStart(8)
    } s ${(seconds / total * 100).toFixed(1).padStart(5)}%${
      imageSteps === 0
        ? ""
        : `  ${(imageSteps / 1e6).toFixed(2)} million image-steps, ${
          Math.round(imageSteps / seconds)
        } a second and stage`
    }`
  );
}
const isTraining = ({ imageSteps = 0 }: Span) => imageSteps > 0;
lines.push(
  ...shares((span) =>
    isTraining(span)
      ? `training: ${span.model ?? "linear"}`
      : span.task.startsWith("evaluate")
      ? "evaluation"
      : "the rest"
  ),
  "",
  ...shares(({ task }) => task),
);
await Deno.stdout.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
