/**
 * What stages made when they last ran.
 *
 * @module
 */
import type { Digest } from "../../engine/define/hash.ts";
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import type { StageRecord, Store } from "../../engine/store/store.ts";

/** A pipeline at a profile, and the store that it ran on. */
type Ran<Asked extends keyof Store> =
  & Pick<OpenPipeline<unknown>, "name" | "profile">
  & { readonly store: Pick<Store, "lastKeys" | Asked> };

/** The record of each stage of a pipeline at its last run; `undefined` of one that has none. */
export function lastRecordsOf(
  { store, ...ran }: Ran<"record">,
): (stage: string) => StageRecord | undefined {
  return ofLastKeys({ store, ...ran }, store.record);
}

/** How many seconds each stage of a pipeline took then. */
export function lastSecondsOf(
  { store, ...ran }: Ran<"secondsOf">,
): (stage: string) => number | undefined {
  return ofLastKeys({ store, ...ran }, store.secondsOf);
}

function ofLastKeys<T>(
  { name, profile, store }: Ran<never>,
  valueOf: (key: Digest) => T | undefined,
): (stage: string) => T | undefined {
  const keys = store.lastKeys(`${name}.${profile}`);
  return (stage) => {
    const key = keys[stage];
    return key === undefined ? undefined : valueOf(key);
  };
}
