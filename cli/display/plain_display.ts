/**
 * The display for logs: a line when something starts or ends, and now and then
 * one of progress.
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
} from "./display.ts";
import { writeLines } from "./line.ts";
import { count, duration, roughly } from "./quantities.ts";
import { factsOf, followStages } from "./running_stage.ts";
import { type Timed, timeLeft } from "./time_left.ts";

/** Time between two lines of progress of one stage. */
const INTERVAL_MILLISECONDS = 15_000;

/** Time between two lines on the whole run. */
const WHOLE_INTERVAL_MILLISECONDS = 60_000;

/** A display that prints a line an event, for what is no terminal. */
export function plainDisplay(
  output: Output,
  { clock: unsteady, times, ...proposing }: Timed & Proposing,
): Display {
  const clock = steadyClock(unsteady);
  const follow = followStages(new Map(), clock);
  const whole = times === undefined ? undefined : timeLeft(times, clock);
  let [total, done, wholeAt] = [0, 0, clock()];
  let running = 0;
  /** When a line was last printed on each stage. */
  const shownAt = new Map<string, number>();
  const print = (text: string) => writeLines([[{ text }]], output);

  /** Says now and then how much of the run is done, and how long the rest takes. */
  function showWhole(): void {
    if (clock() - wholeAt < WHOLE_INTERVAL_MILLISECONDS) return;
    const left = whole?.left();
    if (left === undefined) return;
    wholeAt = clock();
    print(
      `      ${done} of ${count(total, "stage")} done, ${roughly(left)} left`,
    );
  }

  return {
    show(event) {
      const stage = follow(event);
      const { name, cause, news } = stage;
      whole?.follow(event);
      if (event.kind === "run-started") {
        [running, total] = [running + 1, total + event.stages];
      }
      if (event.kind === "run-finished") running--;
      if (/^stage-(cached|finished|failed)$/.test(event.kind)) done++;
      if (running > 0) showWhole();
      switch (event.kind) {
        case "run-started": {
          const size = count(event.stages, "stage");
          return print(`${runName(event)}: ${size}`);
        }
        case "stage-cached":
          return; // counted in the summary
        case "stage-started":
          shownAt.set(name, clock());
          return print(`start ${name}: ${cause}`);
        case "stage-progress": {
          if (stage.latest === undefined) return;
          if (news !== undefined) print(`note  ${name}: ${news}`);
          const now = clock();
          if (now - (shownAt.get(name) ?? 0) < INTERVAL_MILLISECONDS) return;
          shownAt.set(name, now);
          const facts = Object.values(factsOf(stage, now)).filter(Boolean);
          return print(`      ${name}: ${facts.join(", ")}`);
        }
        case "stage-finished": {
          const more = event.unchanged ? ", same result as before" : "";
          return print(`done  ${name}: ${duration(event.seconds)}${more}`);
        }
        case "stage-failed":
          return print(`fail  ${name}${news === undefined ? "" : `: ${news}`}`);
        case "stage-elsewhere":
          return print(`wait  ${name}: ${event.message}`);
        case "stage-differs":
          return print(`note  ${name}: ${DIFFERS}`);
        case "artifact-damaged":
          return print(
            `again ${name}: ${event.message}, so its ${event.field} is made again`,
          );
        case "site-updated":
          return writeLines(
            [[{ text: "site" }, ...linesOf(event).flat()]],
            output,
          );
        default:
          return writeLines(linesOf(event, proposing), output);
      }
    },
    close() {},
  };
}
