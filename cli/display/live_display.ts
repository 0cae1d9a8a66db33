/**
 * The display on a terminal: what has ended scrolls away, one line a pipeline;
 * running stages stay at the bottom, each with its cause, and move.
 *
 * @module
 */
import { steadyClock } from "../../engine/define/steady_clock.ts";
import type { Output } from "../shell/shell.ts";
import {
  DIFFERS,
  type Display,
  linesOf,
  type Proposing,
  runName,
  type Shown,
} from "./display.ts";
import { foundLines } from "./found_lines.ts";
import {
  dim,
  fit,
  type Line,
  paint,
  painted,
  type Part,
  SHOW_CURSOR,
  widthOf,
  wrapLine,
} from "./line.ts";
import { count, duration } from "./quantities.ts";
import { followStages, type RunningStage } from "./running_stage.ts";
import { type Timed, timeLeft } from "./time_left.ts";
import { NOTHING_DONE, overallRow, stageRows } from "./stage_row.ts";

/** Time between two drawings. */
const INTERVAL_MILLISECONDS = 100;

/** Width of the longest time that is common, `59 m 59 s`. */
const TIME_WIDTH = 9;

/** A stage that takes less than so many seconds is counted, not listed. */
const WORTH_A_LINE = 1;

/** Of a run that has taken less than so many seconds it is not said how long it still takes: most are over by then. */
const WORTH_A_FORECAST = 2;

const HIDE_CURSOR = "\x1b[?25l";
/** The terminal shows what lies between at once (synchronised output, mode 2026). */
const [BEGIN, END] = ["\x1b[?2026h", "\x1b[?2026l"];

const DONE: Part = { text: "✓ ", style: "green" };
const FAILED: Part = { text: "✗ ", style: "red" };
const NOTE: Part = { text: "! ", style: "yellow" };

/** A display that draws the running stages anew, at the end of a terminal's text. */
export function liveDisplay(
  output: Output,
  { clock: unsteady, times, ...proposing }: Timed & Proposing,
): Display {
  const clock = steadyClock(unsteady);
  const region = openRegion(output);
  const running = new Map<string, RunningStage>();
  const follow = followStages(running, clock);
  /** Lines that are to scroll away with the next drawing. */
  let above: Line[] = [];
  /** Pipelines that have started and are not announced yet. */
  let starting: Extract<Shown, { kind: "run-started" }>[] = [];
  /** What was last said of the site, and of pools of workers: it stays below the stages. */
  let update: readonly Line[] = [];
  let pools: readonly Line[] = [];
  /** Counts over the pipelines that run together, until the last of them ends. */
  let overall = { ...NOTHING_DONE, since: 0 };
  const whole = times === undefined ? undefined : timeLeft(times, clock);

  function sayLines(lines: readonly Line[], hang?: number): void {
    const columns = output.size().columns - 1;
    for (const line of lines) {
      for (const one of wrapLine(line, { columns, hang })) above.push(one);
    }
  }

  /** Says what follows a mark, below which none of it goes on. */
  function say(mark: Part, ...line: readonly (Part | string)[]): void {
    const parts = line.map((part) =>
      typeof part === "string" ? { text: part } : part
    );
    sayLines([[mark, ...parts]], mark.text.length);
  }

  /** Announces the pipelines that are starting, in one line however many they are. */
  function announce(): void {
    const [first, ...others] = starting;
    starting = [];
    if (first === undefined) return;
    const name = others.length === 0
      ? first.pipeline
      : count(others.length + 1, "pipeline");
    const { profile } = first;
    sayLines([[
      { text: name, style: "bold" },
      { text: runName({ pipeline: "", profile }) },
    ]]);
  }

  function rows(): readonly Line[] {
    if (overall.pipelines === 0) return [];
    const now = clock();
    const size = output.size();
    const columns = size.columns - 1;
    // Of a region higher than the terminal the top could not be reached again.
    const room = Math.max(1, size.rows - 4 - pools.length);
    const shown = [...running.values()].slice(0, room);
    const hasCauses = 2 * shown.length <= room;
    const waiting = running.size - shown.length;
    const seconds = (now - overall.since) / 1000;
    const left = seconds < WORTH_A_FORECAST ? undefined : whole?.left();
    return [
      ...stageRows(shown, { now, columns }).flatMap((row, i): Line[] => {
        const cause = hasCauses && shown[i]?.cause;
        return cause ? [row, [dim(`    ${cause}`)]] : [row];
      }),
      overallRow({ ...overall, waiting, seconds, left }, { columns }),
      ...pools,
      ...update,
    ];
  }

  function show(event: Shown): void {
    if (event.kind !== "run-started") announce();
    const { name, cause = "", news } = follow(event);
    whole?.follow(event);
    switch (event.kind) {
      case "run-started":
        if (overall.pipelines++ === 0) overall.since = clock();
        overall.total += event.stages;
        return void starting.push(event);
      case "stage-cached":
        overall.cached++;
        return void overall.done++;
      case "stage-started":
        return;
      case "stage-progress":
        if (news !== undefined) say(NOTE, news);
        return;
      case "stage-finished": {
        overall.done++;
        if (overall.pipelines !== 1 || event.seconds < WORTH_A_LINE) return;
        const more = event.unchanged ? "; same result as before" : "";
        // The time first: it stands in a column whatever names are like.
        const time = duration(event.seconds).padStart(TIME_WIDTH);
        const line: Line = [
          DONE,
          { text: `${time}  ${name}` },
          dim(`  ${cause}${more}`),
        ];
        return sayLines([line], DONE.text.length + time.length + 2);
      }
      case "stage-failed": {
        overall.failed++;
        overall.done++;
        const failed: Part = { text: "  failed", style: "red" };
        if (news !== undefined) say(FAILED, name, failed, dim(`  ${news}`));
        return;
      }
      case "stage-elsewhere":
        if (news !== undefined) say(NOTE, `${name}: ${news}`);
        return;
      case "stage-differs":
        return say(NOTE, `${name}: ${DIFFERS}`);
      case "artifact-damaged": {
        const { message, field } = event;
        return say(NOTE, `${message}; ${field} of ${name} is made again`);
      }
      case "run-finished": {
        const isWhole = event.ran + event.cached >= event.stages;
        say(isWhole ? DONE : FAILED, ...linesOf(event).flat());
        if (++overall.ended < overall.pipelines) return;
        overall = { ...NOTHING_DONE, since: 0 };
        return;
      }
      case "claims-found": {
        const { columns } = output.size();
        return sayLines(foundLines({ ...event, columns: columns - 1 }));
      }
      case "pools":
        pools = linesOf(event);
        return;
      case "site-updated":
        update = linesOf(event);
        return;
      default:
        sayLines(linesOf(event, proposing));
    }
  }

  const timer = setInterval(() => {
    announce();
    region.draw({ above, rows: rows() });
    above = [];
  }, INTERVAL_MILLISECONDS);
  return {
    show,
    close() {
      clearInterval(timer);
      announce();
      region.draw({ above, rows: [] });
      region.close();
    },
  };
}

/** Lines at the bottom of a terminal that are drawn again and again, under lines that scroll away. */
export function openRegion(output: Output): {
  /** Adds lines above the region for good, and draws the region anew. */
  draw(content: Readonly<Record<"above" | "rows", readonly Line[]>>): void;
  /** Removes the region and gives the cursor back. */
  close(): void;
} {
  let drawn: readonly Line[] | undefined;

  /** Goes to where the region starts and clears everything from there. */
  function erase(): string {
    const { columns } = output.size();
    // A terminal made narrower since has broken the lines that no longer fit.
    const height = (drawn ?? []).reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)),
      0,
    );
    return height === 0 ? "" : `\x1b[${height}A\r\x1b[J`;
  }

  return {
    draw({ above, rows }) {
      const { columns } = output.size();
      const next = rows.map((row) => fit(row, columns - 1));
      const lines = [...above, ...next].map((line) => paint(line, output));
      const text = lines.map((line) => `${line}\n`).join("");
      const start = drawn === undefined ? HIDE_CURSOR : "";
      output.write(painted(start + BEGIN + erase() + text + END));
      drawn = next;
    },
    close() {
      if (drawn !== undefined) output.write(painted(erase() + SHOW_CURSOR));
      drawn = undefined;
    },
  };
}
