/**
 * `diff`: what two runs differ in: claims, stages and their causes, numbers.
 *
 * @module
 */
import { comparePipelines } from "../../engine/history/compare_runs.ts";
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { openStore } from "../../engine/store/store.ts";
import { claimChanges } from "../../reports/value/claim_changes.ts";
import {
  diffLines,
  type PipelineDifference,
  type RunDifference,
} from "../lines/diff_lines.ts";
import { writeJson, writeLines } from "../display/line.ts";
import { STORE } from "../arguments/options.ts";
import { storeToRead } from "../named/places.ts";
import { outcomeOf } from "../../publishing/run_outcome.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { runNamed } from "../named/run_named.ts";
import type { Shell } from "../shell/shell.ts";
import { text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `diff`, and the words beside them. */
export const words = {
  runs: {
    positional: true,
    value: text("RUN"),
    repeatable: 2,
    help:
      "The earlier and the later run: ids, beginnings of ids, latest or previous (default: the last that ran to its end, and the one before it that has an experiment in common with it).",
  },
  all: {
    help:
      "Tells each stage with its causes and numbers, also where many stages of a pipeline differ.",
  },
  json: { help: "Prints every difference, as JSON." },
  store: STORE,
} as const satisfies Words;

/** What a line asks of `diff`. */
type Diff = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Diff, shell: Shell): Promise<number> {
  const folder = await storeToRead(shell, command.store);
  const runs = runHistory(folder).list();
  // One that failed before its first stage has nothing to compare.
  const whole = runs.filter(({ state, pipelines }) =>
    (state === "finished" || state === "failed") &&
    Object.values(pipelines).some(({ stages }) =>
      Object.keys(stages).length > 0
    )
  );
  // Of fewer than two, one that was stopped still tells something.
  const usual = whole.length < 2 ? runs : whole;
  const [first, second] = command.runs;
  const after = second === undefined
    ? runNamed("latest", usual)
    : runNamed(second, runs);
  const before = first === undefined
    ? comparableBefore(after, usual) ?? runNamed("previous", usual)
    : runNamed(first, runs);
  if (before.id === after.id) {
    throw new UsageError(
      `Cannot compare run ${after.id} with itself: name an earlier one; deno task runs lists them`,
    );
  }
  const store = await openStore(folder);
  const pipelines: PipelineDifference[] = [];
  for (const [pipeline, now] of Object.entries(after.pipelines)) {
    const old = before.pipelines[pipeline];
    if (old === undefined) continue;
    const claims = claimChanges([old, now]);
    const compared = await comparePipelines([old, now], {
      store,
      recordedCauses: follows(pipeline, { before, after, runs }),
    });
    pipelines.push({ pipeline, claims, ...compared });
  }
  const difference: RunDifference = {
    before,
    after,
    pipelines,
    appeared: namesOnlyIn(after, before),
    gone: namesOnlyIn(before, after),
  };
  if (command.json) {
    writeJson({
      ...difference,
      before: briefly(before),
      after: briefly(after),
    }, shell.stdout);
  } else writeLines(diffLines(difference, command), shell.stdout);
  return 0;
}

/** The last run before another, at its profile, that has a pipeline in common with it. */
function comparableBefore(
  after: HistoricRun,
  runs: readonly HistoricRun[],
): HistoricRun | undefined {
  return runs.slice(0, runs.indexOf(after)).findLast((one) =>
    one.profile === after.profile &&
    Object.keys(one.pipelines).some((name) => name in after.pipelines)
  );
}

/** Whether a run is the next of a pipeline after another: then the causes that it wrote down are those since that one. */
function follows(
  pipeline: string,
  { before, after, runs }: {
    readonly before: HistoricRun;
    readonly after: HistoricRun;
    /** All runs of the store, oldest first. */
    readonly runs: readonly HistoricRun[];
  },
): boolean {
  const same = runs.filter(({ profile, pipelines }) =>
    profile === after.profile && pipeline in pipelines
  );
  return same[same.indexOf(after) - 1] === before;
}

function namesOnlyIn(one: HistoricRun, other: HistoricRun): readonly string[] {
  return Object.keys(one.pipelines).filter((name) =>
    !(name in other.pipelines)
  );
}

/** A run without its pipelines, for JSON. */
function briefly(run: HistoricRun) {
  const { pipelines: _, ...rest } = run;
  return { ...rest, state: outcomeOf(run) };
}
