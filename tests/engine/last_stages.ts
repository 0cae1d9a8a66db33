import type { Roots } from "../../engine/store/garbage.ts";
import type { StoreContents } from "../../engine/store/store_contents.ts";

/** Every stage that has run, as if its pipeline still had it. */
export function lastStages({ lastKeys }: StoreContents): Roots["stages"] {
  return new Map(
    [...lastKeys].map(([name, keys]) => [name, new Set(Object.keys(keys))]),
  );
}
