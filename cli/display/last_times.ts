/**
 * What the time left of a run is told by: its stages, and how long they took
 * when they last ran.
 *
 * @module
 */
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import { lastSecondsOf } from "../named/last_records.ts";
import { type StageWork, workOf } from "./pace.ts";
import { stageIds } from "./stage_ids.ts";
import type { LastTimes, StageOf } from "./time_left.ts";

/** A run that a display looks at while it goes on. */
export interface Underway {
  readonly opened: readonly Pick<
    OpenPipeline<unknown>,
    "name" | "profile" | "store" | "graph"
  >[];
  /** How many stages run at once. */
  readonly jobs: number;
}

/**
 * @param options.inOthers seconds that stages of a name took elsewhere, for
 * those that have never run and do not train
 */
export function lastTimes(
  { opened, jobs }: Underway,
  { inOthers = () => undefined }: {
    readonly inOthers?: (stage: string) => number | undefined;
  } = {},
): LastTimes {
  const stages = new Map<string, StageWork>();
  const last = new Map<string, () => number | undefined>();
  const ids = new Map<string, ReadonlyMap<string, string>>();
  const idsOf = stageIds();
  const idOf = ({ pipeline, stage }: StageOf) =>
    ids.get(pipeline)?.get(stage) ?? stage;
  for (const one of opened) {
    const secondsOf = lastSecondsOf(one);
    const { name: pipeline } = one;
    ids.set(pipeline, idsOf(one.graph));
    for (const { stage } of one.graph.nodes) {
      const id = idOf({ pipeline, stage: stage.name });
      const others = last.get(id);
      const work = workOf(stage);
      const isTraining = work.imageSteps !== undefined;
      stages.set(id, work);
      last.set(
        id,
        () =>
          others?.() ?? secondsOf(stage.name) ??
            (isTraining ? undefined : inOthers(stage.name)),
      );
    }
  }
  return { stages, idOf, secondsOf: (id) => last.get(id)?.(), jobs };
}
