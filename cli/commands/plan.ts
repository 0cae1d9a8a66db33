/**
 * `plan`: says what would run and why. Runs nothing.
 *
 * @module
 */
import { openProject } from "../../engine/run/project.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { wrapped } from "../../reports/text/wrapped.ts";
import { deviceFor, pipelinesAt } from "../named/pipelines.ts";
import { lastSecondsOf } from "../named/last_seconds.ts";
import { forcedStages } from "../named/stages.ts";
import {
  dim,
  type Line,
  type Part,
  widest,
  writeLines,
} from "../display/line.ts";
import { count, duration } from "../display/quantities.ts";
import { causeTexts } from "../display/running_stage.ts";
import { stageIds } from "../display/stage_ids.ts";
import {
  DEVICE,
  FORCE,
  PIPELINES,
  PROFILE,
  STORE,
  VERBOSE,
} from "../arguments/options.ts";
import { projectToRead } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `plan`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  profile: PROFILE,
  device: DEVICE,
  force: FORCE,
  store: STORE,
  verbose: VERBOSE,
} as const satisfies Words;

/** What a line asks of `plan`. */
type Plan = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Plan, shell: Shell): Promise<number> {
  const registry = await shell.registry();
  const { profile } = command;
  const { pipelines, leftOut } = pipelinesAt(command.pipelines, {
    pipelines: registry.pipelines,
    profile,
  });
  const forced = forcedStages(command.force, { pipelines, profile });
  const { environment } = await deviceFor(command.device, registry);
  const project = await openProject(
    await projectToRead(shell, {
      store: command.store,
      environments: [environment],
    }),
  );
  const { stdout } = shell;
  const columns = stdout.isTerminal ? stdout.size().columns : Infinity;
  const print = (part: Part) =>
    writeLines(
      wrapped(part.text, columns).map((text) => [{ ...part, text }]),
      stdout,
    );
  const isOfAll = command.pipelines.length === 0 && pipelines.length > 1;
  const all = new Map<string, number | undefined>();
  const idsOf = stageIds();
  let isShort = false;
  for (const pipeline of pipelines) {
    const opened = project.open(pipeline, profile);
    const stages = await opened.plan(forced);
    const secondsOf = lastSecondsOf(opened);
    const times = new Map(
      stages.filter(({ state }) => state !== "cached")
        .map(({ node: { stage: { name } } }) => [name, secondsOf(name)]),
    );
    // Pipelines share stages, which run once; others are only called alike.
    const ids = idsOf(opened.graph);
    for (const [name, seconds] of times) {
      const id = ids.get(name) ?? name;
      all.set(id, seconds ?? all.get(id));
    }
    print(heading(`${pipeline.name} at profile ${profile}`, stages));
    isShort ||= isOfAll && times.size > 0;
    // Of all pipelines a list would say one thing a thousand times.
    if (isOfAll && stages.length > 0 && stages.every(isNew)) {
      writeLines([[{ text: "  none has run before" }]], stdout);
    } else {
      const rows = isOfAll ? shortRowsOf(stages, times) : rowsOf(stages, times);
      writeLines(listing(rows), stdout);
    }
  }
  const total = totalOf([...all.values()]);
  if (total !== undefined) print({ text: total });
  if (leftOut !== undefined) print({ text: leftOut });
  if (isShort) {
    print({ text: "deno task plan PIPELINE lists every stage", style: "dim" });
  }
  return 0;
}

function isNew({ causes }: PlannedStage): boolean {
  return causes.length === 1 && causes[0]?.kind === "new";
}

function heading(name: string, stages: readonly PlannedStage[]): Part {
  const number = (state: PlannedStage["state"]) =>
    stages.filter((stage) => stage.state === state).length;
  const [run, may] = [number("run"), number("may-run")];
  const total = count(stages.length, "stage");
  const text = run + may === 0
    ? `${name} is up to date: ${total} cached`
    : `${name}: ${run} of ${total} would run${
      may === 0 ? "" : `, ${may} more may`
    }, ${number("cached")} cached`;
  return { text, style: "bold" };
}

/** What stages took when they last ran, in all; nothing if none has run. */
function totalOf(times: readonly (number | undefined)[]): string | undefined {
  const known = times.filter((seconds) => seconds !== undefined);
  if (known.length === 0) return undefined;
  const seconds = duration(known.reduce((sum, one) => sum + one, 0));
  const lacking = times.length - known.length;
  return `In all ${seconds} going by their last runs, one stage after another${
    lacking === 0 ? "" : `; ${count(lacking, "stage")} without a last run`
  }`;
}

/** One stage or several that would or may run, how long they took when they last ran, and why. */
interface Row {
  readonly certain: boolean;
  readonly name: string;
  readonly seconds: number | undefined;
  readonly causes: readonly string[];
}

/** What stages took when they last ran, by their names. */
type Times = ReadonlyMap<string, number | undefined>;

/** A row for each stage that would or may run. */
function rowsOf(
  stages: readonly PlannedStage[],
  times: Times,
): readonly Row[] {
  return stages.filter(({ state }) => state !== "cached").map((
    { node: { stage: { name } }, state, causes },
  ) => ({
    certain: state === "run",
    name,
    seconds: times.get(name),
    causes: causeTexts(causes),
  }));
}

/** A row for all stages that would run for the same causes, whatever others do. */
function shortRowsOf(
  stages: readonly PlannedStage[],
  times: Times,
): readonly Row[] {
  const rows = rowsOf(
    stages.filter(({ state }) => state === "run").map((stage) => ({
      ...stage,
      causes: stage.causes.filter(({ kind }) => kind !== "waits"),
    })),
    times,
  );
  return [...Map.groupBy(rows, ({ causes }) => causes.join("\n")).values()]
    .flatMap((alike) => {
      const [first, ...others] = alike;
      if (first === undefined) return [];
      const known = alike.flatMap(({ seconds = [] }) => seconds);
      return [{
        ...first,
        name: others.length === 0
          ? first.name
          : `${first.name} and ${others.length} more`,
        seconds: known.length === 0
          ? undefined
          : known.reduce((sum, one) => sum + one),
      }];
    });
}

/** Rows below each other, each cause on a line of its own. */
function listing(rows: readonly Row[]): readonly Line[] {
  const width = widest(rows.map(({ name }) => name.length));
  const took = ({ seconds }: Row) =>
    seconds === undefined ? "" : `  ${duration(seconds)}`;
  const timeWidth = widest(rows.map((row) => took(row).length));
  return rows.flatMap((row) =>
    row.causes.map((text, i): Line => [
      i > 0 ? { text: "         " } : {
        text: row.certain ? "  run    " : "  may run",
        style: row.certain ? "yellow" : "dim",
      },
      dim((i > 0 ? "" : took(row)).padStart(timeWidth)),
      { text: `  ${(i > 0 ? "" : row.name).padEnd(width)}  ` },
      { text },
    ])
  );
}
