/**
 * The stages that would or may run, one below the other: how long they take,
 * and why they run.
 *
 * @module
 */
import type { PlannedStage } from "../../engine/run/plan.ts";
import { dim, type Line, widest, widthOf, wrapLine } from "../display/line.ts";
import { causeTexts } from "../display/running_stage.ts";
import { sumOf, type Time, timeText } from "./planned_time.ts";

/** One stage or several that would or may run, how long they take, and why. */
interface Row {
  readonly certain: boolean;
  readonly name: string;
  readonly time: Time | undefined;
  readonly causes: readonly string[];
}

/** How long stages take, by their names. */
export type Times = ReadonlyMap<string, Time | undefined>;

/** Where lines are written. */
interface Terminal {
  /** How wide lines may be; `Infinity` where they are not shown on a terminal. */
  readonly columns: number;
}

/** Whether a stage runs because it never has. */
export function isNew({ causes }: PlannedStage): boolean {
  return causes.length === 1 && causes[0]?.kind === "new";
}

/** A row for each stage that would or may run, each cause on a line of its own; of stages that are all new that is said once. */
export function wholePlan(
  stages: readonly PlannedStage[],
  times: Times,
  output: Terminal,
): readonly Line[] {
  const rows = rowsOf(stages, times);
  const headOf = headsOf(rows);
  const areNew = rows.length > 1 &&
    stages.every((stage) => stage.state === "cached" || isNew(stage));
  return areNew
    ? [
      [{ text: "  none of these has run before:" }],
      ...rows.map((row) => [...headOf(row), { text: `  ${row.name}` }]),
    ]
    : listing(rows, output);
}

/** A row for all stages that would run for the same causes, whatever others do. */
export function shortPlan(
  stages: readonly PlannedStage[],
  times: Times,
  output: Terminal,
): readonly Line[] {
  const rows = rowsOf(
    stages.filter(({ state }) => state === "run").map((stage) => ({
      ...stage,
      causes: stage.causes.filter(({ kind }) => kind !== "waits"),
    })),
    times,
  );
  const groups = Map.groupBy(rows, ({ causes }) => causes.join("\n"));
  return listing(
    [...groups.values()].flatMap((alike) => {
      const [first, ...others] = alike;
      if (first === undefined) return [];
      return [{
        ...first,
        name: others.length === 0
          ? first.name
          : `${first.name} and ${others.length} more`,
        time: sumOf(alike.map(({ time }) => time)),
      }];
    }),
    output,
  );
}

function rowsOf(
  stages: readonly PlannedStage[],
  times: Times,
): readonly Row[] {
  return stages.filter(({ state }) => state !== "cached").map((
    { node: { stage: { name } }, state, causes },
  ) => ({
    certain: state === "run",
    name,
    time: times.get(name),
    causes: causeTexts(causes),
  }));
}

/** Of each row whether its stage runs for sure, and how long that takes, in a column as wide as some of them need. */
function headsOf(rows: readonly Row[]): (row: Row) => Line {
  const took = ({ time }: Row) =>
    time === undefined ? "" : `  ${timeText(time)}`;
  const width = widest(rows.map((row) => took(row).length));
  return (row) => [
    {
      text: row.certain ? "  run    " : "  may run",
      style: row.certain ? "yellow" : "dim",
    },
    dim(took(row).padStart(width)),
  ];
}

/** Rows below each other, each cause on a line of its own: beside the name, or below it where there is no room. */
function listing(
  rows: readonly Row[],
  { columns }: Terminal,
): readonly Line[] {
  const width = widest(rows.map(({ name }) => name.length));
  const headOf = headsOf(rows);
  return rows.flatMap((row) =>
    row.causes.flatMap((text, i): readonly Line[] => {
      const first = headOf(row);
      const head = i === 0 ? first : [{ text: " ".repeat(widthOf(first)) }];
      const name = i > 0 ? "" : row.name;
      const line = [...head, { text: `  ${name.padEnd(width)}  ` }, { text }];
      if (widthOf(line) <= columns) return [line];
      const below = " ".repeat(widthOf(head) + 4);
      return [
        ...i > 0 ? [] : [[...head, { text: `  ${name}` }]],
        ...wrapLine([{ text: below + text }], { columns }),
      ];
    })
  );
}
