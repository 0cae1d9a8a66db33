/**
 * The display on a terminal: what has ended scrolls away, one line a pipeline;
 * running stages stay at the bottom, each with its cause, and move.
 *
 * @module
 */
import type { Cause } from "../../engine/cause.ts";
import { unreachable } from "../../engine/unreachable.ts";
import { reasonOf } from "../error_lines.ts";
import type { Output } from "../shell.ts";
import type { Display, Shown } from "./display.ts";
import { type Line, printable } from "./line.ts";
import { newNotes } from "./new_notes.ts";
import { count, duration } from "./quantities.ts";
import { openRegion } from "./region.ts";
import { advance, type RunningStage, startStage } from "./running_stage.ts";
import {
  clauseOf,
  siteSentences,
  summaryOf,
  updateSentence,
} from "./sentences.ts";
import { stageLabels } from "./stage_label.ts";
import { overallRow, stageRows } from "./stage_row.ts";

/** Between two drawings. */
const INTERVAL_MILLISECONDS = 100;

/** Of the longest time that is common, `59 m 59 s`. */
const TIME_WIDTH = 9;

/** In seconds: what takes less is counted, not listed. */
const WORTH_A_LINE = 1;

/** Shows events live. */
export function liveDisplay(
  output: Output,
  { clock }: { readonly clock: () => number },
): Display {
  const region = openRegion(output);
  const running = new Map<string, RunningStage>();
  const causes = new Map<string, readonly Cause[]>();
  const isNew = newNotes();
  const isNewFailure = newNotes();
  const labels = stageLabels();
  let above: Line[] = [];
  /** Pipelines that have started and are not announced yet. */
  let announced: Extract<Shown, { kind: "run-started" }>[] = [];
  let update: Line | undefined;
  /** Of all pipelines that run. */
  let overall: {
    pipelines: number;
    ended: number;
    stages: number;
    cached: number;
    done: number;
    failed: number;
    since: number;
  } | undefined;

  function draw(): void {
    announce();
    region.draw({ above, rows: rows() });
    above = [];
  }

  /** One line, however many pipelines start. */
  function announce(): void {
    const [first, ...others] = announced;
    announced = [];
    if (first === undefined) return;
    above.push([
      {
        text: others.length === 0
          ? first.pipeline
          : count(others.length + 1, "pipeline"),
        style: "bold",
      },
      { text: ` at profile ${first.profile}` },
    ]);
  }

  function rows(): readonly Line[] {
    if (overall === undefined) return [];
    const now = clock();
    const { columns, rows } = output.size();
    const stages = [...running.values()];
    // Of a region higher than the terminal the top could not be reached again.
    const room = Math.max(1, rows - 4);
    const shown = stages.slice(0, room);
    const hasCauses = 2 * shown.length <= room;
    return [
      ...stageRows(shown, { now, columns: columns - 1 })
        .flatMap((row, i) => {
          const cause = clauseOf(causes.get(shown[i]?.name ?? "") ?? []);
          return hasCauses && cause !== ""
            ? [row, [{ text: `    ${cause}`, style: "dim" } as const]]
            : [row];
        }),
      overallRow({
        ...overall,
        total: overall.stages,
        waiting: stages.length - shown.length,
        seconds: (now - overall.since) / 1000,
      }, { columns: columns - 1 }),
      ...update === undefined ? [] : [update],
    ];
  }

  function ended(stage: string): void {
    running.delete(stage);
    if (overall !== undefined) overall.done++;
  }

  function take(event: Shown): void {
    if (event.kind !== "run-started") announce();
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
          ...{ pipelines: 0, ended: 0, stages: 0 },
          ...{ cached: 0, done: 0, failed: 0 },
          since: clock(),
        };
        overall.pipelines++;
        overall.stages += event.stages;
        announced.push(event);
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
        if (overall?.pipelines === 1 && event.seconds >= WORTH_A_LINE) {
          above.push([
            { text: "✓ ", style: "green" },
            // First, so that times stand in a column whatever names are like.
            { text: duration(event.seconds).padStart(TIME_WIDTH) },
            { text: `  ${printable(name)}` },
            {
              text: `  ${clauseOf(causes.get(name) ?? [])}${
                event.unchanged ? "; same result as before" : ""
              }`,
              style: "dim",
            },
          ]);
        }
        return ended(name);
      }
      case "stage-failed": {
        const reason = printable(reasonOf(event.error));
        // What many stages meet alike is said once; they are counted.
        if (isNewFailure(reason)) {
          above.push([
            { text: "✗ ", style: "red" },
            { text: printable(labels.of(event)) },
            { text: "  failed", style: "red" },
            { text: `  ${reason}`, style: "dim" },
          ]);
        }
        if (overall !== undefined) overall.failed++;
        return ended(labels.of(event));
      }
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
      case "run-finished": {
        const isWhole = event.ran + event.cached >= event.stages;
        above.push([
          isWhole
            ? { text: "✓ ", style: "green" }
            : { text: "✗ ", style: "red" },
          { text: summaryOf(event) },
        ]);
        if (overall !== undefined && ++overall.ended === overall.pipelines) {
          overall = undefined;
        }
        return;
      }
      case "site-updated":
        update = [{ text: `  ${updateSentence(event)}`, style: "dim" }];
        return;
      case "site-written":
        above.push(
          ...siteSentences(event).map((text, i): Line => [
            i === 0 ? { text, style: "bold" } : { text },
          ]),
        );
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
      update = undefined;
      draw();
      region.close();
    },
  };
}
