/**
 * `runs`: the runs that the store remembers.
 *
 * @module
 */
import type { HistoricRun, WorkedBy } from "../../engine/store/historic_run.ts";
import type { Store } from "../../engine/store/store.ts";
import { runHistory } from "../../engine/store/run_history.ts";
import { whenText } from "../../reports/value/wording.ts";
import {
  aligned,
  type Line,
  widthOf,
  writeJson,
  writeLines,
  writeTexts,
} from "../display/line.ts";
import { count, duration } from "../display/quantities.ts";
import { STORE } from "../arguments/options.ts";
import { storeToRead } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import {
  goesOn,
  outcomeOf,
  stageCounts,
} from "../../publishing/run_outcome.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `runs`, and the words beside them. */
export const words = {
  json: { help: "Prints the runs as JSON." },
  store: STORE,
} as const satisfies Words;

/** What a line asks of `runs`. */
type Runs = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Runs, shell: Shell): Promise<number> {
  const { stdout } = shell;
  const folder = await storeToRead(shell, command.store);
  const runs = runHistory(folder).list();
  if (command.json) {
    writeJson(runs.map((run) => brief(run, { folder })), stdout);
  } else if (runs.length === 0) {
    writeTexts([
      "The store remembers no run; deno task reproduce starts one.",
    ], stdout);
  } else {
    const rows = runs.toReversed().map((run) => rowOf(run, { folder }));
    const cells = aligned(rows.map((row) => row.map(({ text }) => text)));
    const padded = rows.map((row, r) =>
      row.map((part, i) => ({
        ...part,
        text: i < row.length - 1 ? `${cells[r]?.[i]}  ` : part.text,
      }))
    );
    const { columns } = stdout.size();
    const isWide = stdout.isTerminal &&
      padded.some((row) => widthOf(row) > columns);
    for (const row of padded) {
      writeLines(isWide ? inTwoLines(row, columns) : [row], stdout);
    }
  }
  return 0;
}

/** What ran, and below it of which code, where and for what, with what more has no room: a terminal would break it anywhere. */
function inTwoLines(row: Line, columns: number): readonly Line[] {
  let place = row.length - 2;
  while (place > 1 && widthOf(row.slice(0, place)) > columns + 2) place--;
  return [
    row.slice(0, place).map((part, i) =>
      i < place - 1 ? part : { ...part, text: part.text.trimEnd() }
    ),
    [{ text: "  " }, ...row.slice(place)],
  ];
}

/** A run for JSON: of its stages the number in each state. */
function brief(run: HistoricRun, store: Pick<Store, "folder">) {
  const { pipelines, ...rest } = run;
  const { ran, reused } = stageCounts(run);
  return {
    ...rest,
    state: stateOf(run, store),
    pipelines: Object.keys(pipelines),
    ran,
    reused,
    failed: stagesOf(run, "failed"),
    blocked: stagesOf(run, "blocked"),
    workers: workersOf(run),
  };
}

/** How many stages of a run ended so. */
function stagesOf(
  { pipelines }: HistoricRun,
  wanted: "failed" | "blocked",
): number {
  return Object.values(pipelines)
    .flatMap(({ stages }) => Object.values(stages))
    .filter(({ state }) => state === wanted).length;
}

/** The workers that ran its stages, each once: node, job of a scheduler, GPU. */
function workersOf(
  { pipelines }: HistoricRun,
): readonly WorkedBy[] | undefined {
  const workers = new Map<string, WorkedBy>();
  for (const { stages } of Object.values(pipelines)) {
    for (const { by } of Object.values(stages)) {
      if (by !== undefined) workers.set(JSON.stringify(by), by);
    }
  }
  return workers.size === 0 ? undefined : [...workers.values()];
}

/** What became of it, where that is known. */
function stateOf(run: HistoricRun, store: Pick<Store, "folder">) {
  const outcome = outcomeOf(run);
  return outcome === "running" && !goesOn(run, store) ? "killed" : outcome;
}

function rowOf(run: HistoricRun, store: Pick<Store, "folder">): Line {
  const { id, started, profile, seconds, device, pipelines } = run;
  const state = stateOf(run, store);
  const { ran, reused, failed } = stageCounts(run);
  const names = Object.keys(pipelines);
  const style = {
    failed: "red",
    "without published files": "yellow",
    stopped: "yellow",
    running: "yellow",
    killed: "yellow",
  } as const;
  return [
    { text: id, style: "bold" },
    { text: whenText(started) },
    { text: profile },
    {
      text: state === "running" ? "running or killed" : state,
      ...(state === "finished" ? {} : { style: style[state] }),
    },
    { text: duration(seconds) },
    {
      text: `${ran} ran, ${reused} reused${
        failed === 0 ? "" : `, ${failed} without result`
      }`,
    },
    { text: commitText(run) },
    {
      text: `on ${device}: ${
        names.length > 3 ? count(names.length, "pipeline") : names.join(", ")
      }`,
    },
  ];
}

/** The start of its hash, and whether files differed from it. */
function commitText({ commit, edited = [] }: HistoricRun): string {
  if (commit === null) return "no commit";
  return `commit ${commit.slice(0, 7)}${edited.length === 0 ? "" : ", edited"}`;
}
