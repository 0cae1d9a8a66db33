/**
 * How far the reading of a set has come.
 *
 * @module
 */
import type { SetName } from "../../data/asked/question.ts";
import { steadyClock } from "../../engine/define/steady_clock.ts";
import { count, roughly } from "../display/quantities.ts";
import type { Shell } from "../shell/shell.ts";

/** Time between two lines. */
const INTERVAL_MILLISECONDS = 3000;

/** Says on stderr how far reading has come, every few seconds, and how long the rest takes at that speed. */
export function readingProgress(
  set: SetName,
  { stderr, clock: unsteady }: Pick<Shell, "stderr" | "clock">,
): (done: number, all: number) => void {
  const clock = steadyClock(unsteady);
  const began = clock();
  let said = began;
  return (done, all) => {
    const now = clock();
    if (done < all && now - said < INTERVAL_MILLISECONDS) return;
    said = now;
    const rest = (all - done) / done * (now - began) / 1000;
    const left = done < all ? `, ${roughly(rest)} left` : "";
    stderr.write(`${set}: ${done} of ${count(all, "file")} read${left}\n`);
  };
}
