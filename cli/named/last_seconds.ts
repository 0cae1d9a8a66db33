/**
 * How long stages took when they last ran.
 *
 * @module
 */
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import type { Store } from "../../engine/store/store.ts";

/**
 * How many seconds each stage of a pipeline took at its last run, as its record
 * says; `undefined` of one that has none.
 */
export function lastSecondsOf(
  { name, profile, store }: Pick<OpenPipeline<unknown>, "name" | "profile"> & {
    readonly store: Pick<Store, "lastKeys" | "record">;
  },
): (stage: string) => number | undefined {
  const keys = store.lastKeys(`${name}.${profile}`);
  return (stage) => {
    const key = keys[stage];
    return key === undefined ? undefined : store.record(key)?.seconds;
  };
}
