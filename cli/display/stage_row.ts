/**
 * The lines of running stages in the live region.
 *
 * @module
 */
import { fit, type Line, type Part, printable, widthOf } from "./line.ts";
import { count, ticking } from "./quantities.ts";
import { fractionOf, type RunningStage, secondsLeft } from "./running_stage.ts";

/** `epoch 5/12`, or what else the stage counts. */
function stepsOf({ latest }: RunningStage): string | undefined {
  if (latest === undefined) return undefined;
  const { unit, done, total, epoch, epochs } = latest.progress;
  return epoch === undefined || epochs === undefined
    ? `${printable(unit)} ${Math.floor(done)}/${total}`
    : `epoch ${epoch}/${epochs}`;
}

/** The facts of a stage's progress in words, in reading order. */
export function factsOf(
  stage: RunningStage,
  now: number,
): Readonly<Record<Fact, string | undefined>> {
  const progress = stage.latest?.progress;
  const left = secondsLeft(stage, now);
  return {
    steps: stepsOf(stage),
    loss: progress?.loss === undefined
      ? undefined
      : `loss ${progress.loss.toPrecision(3)}`,
    speed: progress?.imagesPerSecond === undefined
      ? undefined
      : `${Math.round(progress.imagesPerSecond)} images/s`,
    left: left === undefined ? undefined : `${ticking(left)} left`,
  };
}

type Fact = "steps" | "loss" | "speed" | "left";

/** What stands after the name, in this order. */
const COLUMNS = [
  "bar",
  "steps",
  "loss",
  "speed",
  "elapsed",
  "left",
] as const;
type Column = typeof COLUMNS[number];

/** What goes first when a terminal is too narrow. With the bar names may become shorter. */
const EXPENDABLE = [
  "wide bar",
  "speed",
  "loss",
  "bar",
  "left",
  "steps",
] as const;

/** A name is cut to no less: it says what runs, what follows of which pipeline. */
const SHORTEST_NAME = 24;

/** One row a stage; what stands in them is aligned and fits `columns` if it can. */
export function stageRows(
  stages: readonly RunningStage[],
  { now, columns }: { readonly now: number; readonly columns: number },
): readonly Line[] {
  const shown = new Set<string>(["wide bar", ...COLUMNS]);
  for (const part of [undefined, ...EXPENDABLE]) {
    if (part !== undefined) shown.delete(part);
    const rows = table(stages, { now, columns, shown });
    if (rows.every((row) => widthOf(row) <= columns)) return rows;
  }
  return table(stages, { now, columns, shown });
}

function table(
  stages: readonly RunningStage[],
  { now, columns, shown }: {
    readonly now: number;
    readonly columns: number;
    readonly shown: ReadonlySet<string>;
  },
): readonly Line[] {
  const cells = stages.map((stage): Readonly<Record<Column, Part>> => {
    const { steps = "", loss = "", speed = "", left = "" } = factsOf(
      stage,
      now,
    );
    const elapsed = ticking((now - stage.started) / 1000);
    return {
      bar: bar(fractionOf(stage), shown.has("wide bar") ? 16 : 8),
      steps: { text: steps },
      loss: { text: loss, style: "dim" },
      speed: { text: speed, style: "dim" },
      elapsed: { text: elapsed.padStart(7), style: "dim" },
      left: { text: left },
    };
  });
  const used = COLUMNS.filter((column) =>
    shown.has(column) && cells.some((row) => row[column].text !== "")
  );
  const widths = used.map((column) =>
    Math.max(...cells.map((row) => row[column].text.length))
  );
  const names = stages.map(({ name }) => printable(name));
  const longest = Math.max(...names.map(({ length }) => length));
  const rest = widths.reduce((sum, width) => sum + 2 + width, 2);
  const nameWidth = shown.has("bar")
    ? longest
    : Math.min(longest, Math.max(SHORTEST_NAME, columns - rest));
  return cells.map((row, i): Line => [
    { text: "  " },
    ...fit([{ text: (names[i] ?? "").padEnd(nameWidth) }], nameWidth),
    ...used.map((column, j): Part => ({
      ...row[column],
      text: `  ${row[column].text.padEnd(widths[j] ?? 0)}`,
    })),
  ]);
}

/** `width` characters, filled in steps of an eighth of one. */
function bar(fraction: number | undefined, width: number): Part {
  if (fraction === undefined) return { text: "·".repeat(width), style: "dim" };
  const eighths = Math.round(fraction * width * 8);
  const full = "█".repeat(Math.floor(eighths / 8));
  const part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  return { text: (full + part).padEnd(width, "░"), style: "cyan" };
}

/** How much of a run is done. */
export interface Overall {
  readonly pipelines: number;
  /** Pipelines that are done. */
  readonly ended: number;
  readonly done: number;
  readonly cached: number;
  readonly failed: number;
  readonly total: number;
  /** Rows for which there was no room. */
  readonly waiting: number;
  readonly seconds: number;
}

/** The last line: how much is done; on a narrow terminal not how much of it was cached. */
export function overallRow(
  overall: Overall,
  { columns }: { readonly columns: number },
): Line {
  const whole = overallLine(overall, ` (${overall.cached} cached)`);
  return widthOf(whole) <= columns ? whole : overallLine(overall, "");
}

function overallLine(
  { pipelines, ended, done, failed, total, waiting, seconds }: Overall,
  cached: string,
): Line {
  const parts = [
    ...waiting === 0 ? [] : [`${waiting} more running`],
    ...pipelines === 1 ? [] : [`${ended} of ${count(pipelines, "pipeline")}`],
    `${done} of ${count(total, "stage")} done${cached}`,
  ];
  return [
    { text: `  ${parts.join(", ")}`, style: "dim" },
    ...failed === 0
      ? []
      : [{ text: `, ${failed} failed`, style: "red" } as const],
    { text: `, ${ticking(seconds)}`, style: "dim" },
  ];
}
