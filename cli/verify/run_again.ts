/**
 * Runs recorded stages again, several at once.
 *
 * @module
 */
import { sourceFetcher } from "../../engine/run/fetch_source.ts";
import { verifyStage } from "../../engine/history/verify.ts";
import type { Store } from "../../engine/store/store.ts";
import type { Workers } from "../../engine/run/workers/workers.ts";
import type { Shell } from "../shell/shell.ts";
import type { Recorded, Verified } from "./verify_lines.ts";

/** Runs stages again, and tells what came of each as soon as it is known. */
export async function runAgain<T extends Recorded>(
  stages: readonly T[],
  { store, workers, jobs, toleranceOf, onDone }: {
    readonly store: Store;
    readonly workers: Workers;
    /** How many stages run at once. */
    readonly jobs: number | undefined;
    /** The largest deviation of a number that passes. */
    readonly toleranceOf: (stage: Recorded) => number;
    readonly onDone: (stage: T & Verified) => void;
  },
  shell: Shell,
): Promise<void> {
  const { signal } = shell;
  const fetch = sourceFetcher({ store });
  const queue = stages.values();
  const work = async () => {
    for (const one of queue) { // each takes the next that nobody has
      const start = shell.clock();
      const tolerance = toleranceOf(one);
      const verification = await verifyStage(one.node, one.record, {
        store,
        workers,
        fetch,
        signal,
        tolerance,
      });
      const seconds = (shell.clock() - start) / 1000;
      onDone({ ...one, verification, tolerance, seconds });
    }
  };
  const most = Math.min(jobs ?? shell.jobs, stages.length);
  await Promise.all(Array.from({ length: most }, work));
}
