/**
 * What stages made when they last ran.
 *
 * @module
 */
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import type { StageRecord, Store } from "../../engine/store/store.ts";

/** A pipeline at a profile, and the store that it ran on. */
type Ran = Pick<OpenPipeline<unknown>, "name" | "profile"> & {
  readonly store: Pick<Store, "lastKeys" | "record">;
};

/** The record of each stage of a pipeline at its last run; `undefined` of one that has none. */
export function lastRecordsOf(
  { name, profile, store }: Ran,
): (stage: string) => StageRecord | undefined {
  const keys = store.lastKeys(`${name}.${profile}`);
  return (stage) => {
    const key = keys[stage];
    return key === undefined ? undefined : store.record(key);
  };
}

/** How many seconds each stage of a pipeline took then. */
export function lastSecondsOf(
  ran: Ran,
): (stage: string) => number | undefined {
  const recordOf = lastRecordsOf(ran);
  return (stage) => recordOf(stage)?.seconds;
}
