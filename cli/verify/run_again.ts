/**
 * Runs recorded stages again, several at once.
 *
 * @module
 */
import type { CodeAtStart } from "../../engine/keys/code_at_start.ts";
import type { ProfileName } from "../../engine/define/pipeline.ts";
import { sourceFetcher } from "../../engine/run/fetch_source.ts";
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import type { Project } from "../../engine/run/project.ts";
import { verifyStage } from "../../engine/history/verify.ts";
import type { Store } from "../../engine/store/store.ts";
import type { Workers } from "../../engine/run/workers/workers.ts";
import type { Report } from "../../reports/value/report.ts";
import { writeTexts } from "../display/line.ts";
import { deviceFor, pipelinesAt } from "../named/pipelines.ts";
import { projectToRead } from "../named/projects.ts";
import type { Registry, Shell } from "../shell/shell.ts";
import type { Recorded, Verified } from "./verify_lines.ts";

/**
 * Opens pipelines whose stages are to be run again by the code as it is.
 *
 * @param names of pipelines; all of them if there are none
 * @throws {UsageError} if one is not there, or the store
 * @throws {Error} if files of packages are not as they were published
 */
export async function openToRunAgain(
  names: readonly string[],
  { profile, device, store, registry, atStart }: {
    readonly registry: Registry;
    /** The code as it was before the registry was loaded. */
    readonly atStart: CodeAtStart;
    readonly profile: ProfileName;
    readonly device: string;
    readonly store: string | undefined;
  },
  shell: Shell,
): Promise<{
  readonly project: Project;
  readonly opened: readonly OpenPipeline<Report>[];
}> {
  const { pipelines, leftOut } = pipelinesAt(names, { ...registry, profile });
  if (leftOut !== undefined) writeTexts([leftOut], shell.stderr);
  const { environment } = await deviceFor(device, registry);
  const project = await projectToRead(shell, {
    store,
    environments: [environment],
    atStart,
  });
  const opened = pipelines.map((pipeline) => project.open(pipeline, profile));
  const unknown = await project.checkPackages(opened);
  if (unknown !== undefined) writeTexts([unknown], shell.stderr);
  return { project, opened };
}

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
