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
import {
  clauseOf,
  siteSentence,
  summaryOf,
  updateSentence,
} from "./sentences.ts";
import { stageLabels } from "./stage_label.ts";
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
  const labels = stageLabels();
  let above: Line[] = [];
  /** Of all pipelines that run. */
  let overall: {
    pipelines: number;
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
      case "remote":
        above.push([{ text: printable(event.message), style: "yellow" }]);
        return;
      case "run-started":
        labels.add(event.pipeline);
        overall ??= {
          ...{ pipelines: 0, stages: 0, cached: 0, done: 0 },
          since: clock(),
        };
        overall.pipelines++;
        overall.stages += event.stages;
        above.push([
          { text: event.pipeline, style: "bold" },
          { text: ` at profile ${event.profile}` },
        ]);
        return;
      case "stage-cached":
        if (overall !== undefined) overall.cached++;
        return ended(labels.of(event));
      case "stage-started": {
        const name = labels.of(event);
        running.set(name, startStage(name, clock()));
        causes.set(name, event.causes);
        return;
      }
      case "stage-progress": {
        const name = labels.of(event);
        const stage = running.get(name);
        if (stage === undefined) return;
        const { note } = event.progress;
        if (isNew(note)) {
          above.push([
            { text: "! ", style: "yellow" },
            { text: printable(note) },
          ]);
        }
        const reading = { at: clock(), progress: event.progress };
        running.set(name, advance(stage, reading));
        return;
      }
      case "stage-finished": {
        const name = labels.of(event);
        above.push([
          { text: "✓ ", style: "green" },
          { text: printable(name).padEnd(NAME_WIDTH) },
          { text: `  ${duration(event.seconds).padStart(9)}` },
          {
            text: `  ${clauseOf(causes.get(name) ?? [])}${
              event.unchanged ? "; same result as before" : ""
            }`,
            style: "dim",
          },
        ]);
        return ended(name);
      }
      case "stage-failed":
        above.push([
          { text: "✗ ", style: "red" },
          { text: printable(labels.of(event)) },
          { text: "  failed", style: "red" },
        ]);
        return ended(labels.of(event));
      case "artifact-damaged":
        above.push([
          { text: "! ", style: "yellow" },
          {
            text: `${printable(event.message)}; ${event.field} of ${
              labels.of(event)
            } is made again`,
          },
        ]);
        return;
      case "run-finished":
        above.push([{ text: summaryOf(event) }]);
        if (overall !== undefined && --overall.pipelines === 0) {
          overall = undefined;
        }
        return;
      case "site-updated":
        above.push([{ text: updateSentence(event), style: "dim" }]);
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
