/**
 * The display for logs: a line when something starts or ends, and now and then
 * one of progress.
 *
 * @module
 */
import type { Cause } from "../../engine/cause.ts";
import { unreachable } from "../../engine/unreachable.ts";
import { reasonOf } from "../error_lines.ts";
import type { Output } from "../shell.ts";
import type { Display, Shown } from "./display.ts";
import { printable } from "./line.ts";
import { newNotes } from "./new_notes.ts";
import { count, duration } from "./quantities.ts";
import { advance, type RunningStage, startStage } from "./running_stage.ts";
import {
  clauseOf,
  siteSentences,
  summaryOf,
  updateSentence,
} from "./sentences.ts";
import { stageLabels } from "./stage_label.ts";
import { factsOf } from "./stage_row.ts";

/** Between two lines of progress of one stage. */
const INTERVAL_MILLISECONDS = 15_000;

/** Shows events as lines. */
export function plainDisplay(
  output: Output,
  { clock }: { readonly clock: () => number },
): Display {
  const running = new Map<string, RunningStage>();
  const said = new Map<string, number>();
  const isNew = newNotes();
  const isNewFailure = newNotes();
  const labels = stageLabels();

  const print = (line: string) => output.write(`${printable(line)}\n`);

  /** What many stages fail of alike is said once. */
  function firstReason(error: Error): string {
    const reason = reasonOf(error);
    return isNewFailure(reason) ? `: ${reason}` : "";
  }

  function start(name: string, causes: readonly Cause[]): void {
    const now = clock();
    running.set(name, startStage(name, now));
    said.set(name, now);
    print(`start ${name}: ${clauseOf(causes)}`);
  }

  function progress(event: Extract<Shown, { kind: "stage-progress" }>): void {
    const name = labels.of(event);
    const before = running.get(name);
    if (before === undefined) return;
    const { note } = event.progress;
    if (isNew(note)) print(`note  ${name}: ${note}`);
    const now = clock();
    const stage = advance(before, { at: now, progress: event.progress });
    running.set(name, stage);
    if (now - (said.get(name) ?? 0) < INTERVAL_MILLISECONDS) return;
    said.set(name, now);
    const facts = Object.values(factsOf(stage, now))
      .filter((fact) => fact !== undefined);
    print(`      ${name}: ${facts.join(", ")}`);
  }

  return {
    show(event) {
      switch (event.kind) {
        case "device-chosen":
          return print(`Device ${event.device}: ${event.reason}`);
        case "waiting-for-lock":
          return print(
            `Waiting for another run on this store (${event.holder})`,
          );
        case "remote":
          return print(event.message);
        case "run-started":
          labels.add(event.pipeline);
          return print(
            `${event.pipeline} at profile ${event.profile}: ${
              count(event.stages, "stage")
            }`,
          );
        case "stage-cached":
          return; // counted in the summary
        case "stage-started":
          return start(labels.of(event), event.causes);
        case "stage-progress":
          return progress(event);
        case "stage-finished":
          return print(
            `done  ${labels.of(event)}: ${duration(event.seconds)}${
              event.unchanged ? ", same result as before" : ""
            }`,
          );
        case "stage-failed":
          return print(`fail  ${labels.of(event)}${firstReason(event.error)}`);
        case "artifact-damaged":
          return print(
            `again ${
              labels.of(event)
            }: ${event.message}, so its ${event.field} is made again`,
          );
        case "run-finished":
          return print(summaryOf(event));
        case "site-updated":
          return print(`site  ${updateSentence(event)}`);
        case "site-written":
          return siteSentences(event).forEach(print);
        default:
          return unreachable(event);
      }
    },
    close() {},
  };
}
