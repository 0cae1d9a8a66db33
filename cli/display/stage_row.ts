/**
 * The lines of running stages in the live region.
 *
 * @module
 */
import { dim, fit, type Line, type Part, widest, widthOf } from "./line.ts";
import { count, roughly, ticking } from "./quantities.ts";
import { factsOf, fractionOf, type RunningStage } from "./running_stage.ts";

/** What stands after the name, from the widest terminal to the narrowest; where the bar is gone names may be cut. */
const LAYOUTS = [
  ["longBar", "steps", "loss", "speed", "elapsed", "left"],
  ["bar", "steps", "loss", "speed", "elapsed", "left"],
  ["bar", "steps", "loss", "elapsed", "left"],
  ["bar", "steps", "elapsed", "left"],
  ["steps", "elapsed", "left"],
  ["steps", "elapsed"],
  ["elapsed"],
] as const;

/** A name is cut to no less: it says what runs, what follows of which pipeline. */
const SHORTEST_NAME = 24;

/** One row a stage; what stands in them is aligned and fits `columns` if it can. */
export function stageRows(
  stages: readonly RunningStage[],
  { now, columns }: { readonly now: number; readonly columns: number },
): readonly Line[] {
  const longest = widest(stages.map(({ name }) => name.length));
  const facts = stages.map((stage) => factsOf(stage, now));
  const cells = {
    longBar: stages.map((stage) => bar(stage, 16)),
    bar: stages.map((stage) => bar(stage, 8)),
    steps: facts.map(({ steps }) => ({ text: steps })),
    loss: facts.map(({ loss }) => dim(loss)),
    speed: facts.map(({ speed }) => dim(speed)),
    elapsed: stages.map(({ started }) =>
      dim(ticking((now - started) / 1000).padStart(7))
    ),
    left: facts.map(({ left }) => ({ text: left })),
  };
  let rows: readonly Line[] = [];
  for (const layout of LAYOUTS) {
    const parts = layout.map((column) => padded(cells[column]));
    const rest = 2 + widthOf(parts.flatMap(([first]) => first ?? []));
    const hasBar = layout[0] === "longBar" || layout[0] === "bar";
    const nameWidth = hasBar
      ? longest
      : Math.min(longest, Math.max(SHORTEST_NAME, columns - rest));
    rows = stages.map(({ name }, i) => [
      { text: "  " },
      ...fit([{ text: name.padEnd(nameWidth) }], nameWidth),
      ...parts.flatMap((column) => column[i] ?? []),
    ]);
    if (rows.every((row) => widthOf(row) <= columns)) break;
  }
  return rows;
}

/** A column, each cell as wide as the widest; none where all are empty. */
function padded(column: readonly Part[]): readonly Part[] {
  const width = widest(column.map(({ text }) => text.length));
  return width === 0 ? [] : column.map((part) => ({
    ...part,
    text: `  ${part.text.padEnd(width)}`,
  }));
}

/** `width` characters, filled in steps of an eighth of one. */
function bar(stage: RunningStage, width: number): Part {
  const fraction = fractionOf(stage);
  if (fraction === undefined) return dim("·".repeat(width));
  const eighths = Math.round(fraction * width * 8);
  const full = "█".repeat(Math.floor(eighths / 8));
  const part = " ▏▎▍▌▋▊▉"[eighths % 8]?.trim() ?? "";
  return { text: (full + part).padEnd(width, "░"), style: "cyan" };
}

/** How much of a run is done: pipelines, those of them that have ended, stages. */
export const NOTHING_DONE = {
  pipelines: 0,
  ended: 0,
  total: 0,
  done: 0,
  cached: 0,
  failed: 0,
};

/** The last line: how much is done; on a narrow terminal not how much of it was cached, and on a narrower one not how long that took. */
export function overallRow(
  { pipelines, ended, total, done, cached, failed, waiting, seconds, left }:
    & typeof NOTHING_DONE
    & {
      readonly waiting: number;
      readonly seconds: number;
      /** Seconds that the run still takes, if that can be told. */
      readonly left?: number | undefined;
    },
  { columns }: { readonly columns: number },
): Line {
  const parts = [
    ...waiting === 0 ? [] : [`${waiting} more running`],
    ...pipelines === 1 ? [] : [`${ended} of ${count(pipelines, "pipeline")}`],
    `${done} of ${count(total, "stage")} done`,
  ];
  const failures: Part = { text: `, ${failed} failed`, style: "red" };
  const rest = left === undefined ? [] : [dim(`, ${roughly(left)} left`)];
  const line = (known: string, times: Line) => [
    dim(`  ${parts.join(", ")}${known}`),
    ...failed === 0 ? [] : [failures],
    ...times,
  ];
  const times = [dim(`, ${ticking(seconds)}`), ...rest];
  const least = line("", rest.length === 0 ? times : rest);
  return [line(` (${cached} cached)`, times), line("", times)]
    .find((one) => widthOf(one) <= columns) ?? least;
}
