/**
 * The display on a terminal: finished stages scroll away, running ones stay at
 * the bottom and move.
 *
 * @module
 */
import type { Cause } from "../../engine/cause.ts";
import { unreachable } from "../../engine/unreachable.ts";
import type { Output } from "../shell.ts";
import type { Display, Shown } from "./display.ts";
import { type Line, printable } from "./line.ts";
import { newNotes } from "./new_notes.ts";
import { duration } from "./quantities.ts";
import { openRegion } from "./region.ts";
import { advance, type RunningStage, startStage } from "./running_stage.ts";
import { clauseOf, siteSentence, summaryOf } from "./sentences.ts";
import { overallRow, stageRows } from "./stage_row.ts";

/** Between two drawings. */
const INTERVAL_MILLISECONDS = 100;

/** Names of finished stages take at least this much, so that times stand in a column. */
const NAME_WIDTH = 24;

/** Shows events live. */
export function liveDisplay(
  output: Output,
  { clock }: { readonly clock: () => number },
): Display {
  const region = openRegion(output);
  const running = new Map<string, RunningStage>();
  const causes = new Map<string, readonly Cause[]>();
  const isNew = newNotes();
  let above: Line[] = [];
  let overall: {
    stages: number;
    cached: number;
    done: number;
    since: number;
  } | undefined;

  function draw(): void {
    region.draw({ above, rows: rows() });
    above = [];
  }

  function rows(): readonly Line[] {
    if (overall === undefined) return [];
    const now = clock();
    const { columns, rows } = output.size();
    const stages = [...running.values()];
    // Of a region higher than the terminal the top could not be reached again.
    const shown = stages.slice(0, Math.max(1, rows - 3));
    return [
      ...stageRows(shown, { now, columns: columns - 1 }),
      overallRow({
        done: overall.done,
        cached: overall.cached,
        total: overall.stages,
        waiting: stages.length - shown.length,
        seconds: (now - overall.since) / 1000,
      }),
    ];
  }

  function ended(stage: string): void {
    running.delete(stage);
    if (overall !== undefined) overall.done++;
  }

  function take(event: Shown): void {
    switch (event.kind) {
      case "device-chosen":
        above.push([{
          text: `Device ${printable(event.device)}: ${printable(event.reason)}`,
          style: "dim",
        }]);
        return;
      case "waiting-for-lock":
        above.push([{
          text: `Waiting for another run on this store (${
            printable(event.holder)
          })`,
          style: "yellow",
        }]);
        return;
      case "run-started":
        overall = {
          stages: event.stages,
          cached: 0,
          done: 0,
          since: clock(),
        };
        above.push([
          { text: event.pipeline, style: "bold" },
          { text: ` at profile ${event.profile}` },
        ]);
        return;
      case "stage-cached":
        if (overall !== undefined) overall.cached++;
        return ended(event.stage);
      case "stage-started":
        running.set(event.stage, startStage(event.stage, clock()));
        causes.set(event.stage, event.causes);
        return;
      case "stage-progress": {
        const stage = running.get(event.stage);
        if (stage === undefined) return;
        const { note } = event.progress;
        if (isNew(note)) {
          above.push([
            { text: "! ", style: "yellow" },
            { text: printable(note) },
          ]);
        }
        const reading = { at: clock(), progress: event.progress };
        running.set(event.stage, advance(stage, reading));
        return;
      }
      case "stage-finished":
        above.push([
          { text: "✓ ", style: "green" },
          { text: printable(event.stage).padEnd(NAME_WIDTH) },
          { text: `  ${duration(event.seconds).padStart(9)}` },
          {
            text: `  ${clauseOf(causes.get(event.stage) ?? [])}${
              event.unchanged ? "; same result as before" : ""
            }`,
            style: "dim",
          },
        ]);
        return ended(event.stage);
      case "stage-failed":
        above.push([
          { text: "✗ ", style: "red" },
          { text: printable(event.stage) },
          { text: "  failed", style: "red" },
        ]);
        return ended(event.stage);
      case "artifact-damaged":
        above.push([
          { text: "! ", style: "yellow" },
          {
            text: `${
              printable(event.message)
            }; ${event.field} of ${event.stage} is made again`,
          },
        ]);
        return;
      case "run-finished":
        above.push([{ text: summaryOf(event, overall?.stages ?? 0) }]);
        overall = undefined;
        return;
      case "site-written":
        above.push([{ text: siteSentence(event), style: "bold" }]);
        return;
      default:
        return unreachable(event);
    }
  }

  const timer = setInterval(draw, INTERVAL_MILLISECONDS);
  return {
    show: take,
    close() {
      clearInterval(timer);
      overall = undefined;
      draw();
      region.close();
    },
  };
}
