import { isDefinition, sourceOf } from "./definition.ts";
import { canonicalJson, type Json } from "./hash.ts";
import type { Key } from "./key.ts";
import type { Group } from "./pool.ts";
import { isRef, mapLeaves, type Stage } from "./ref.ts";

/** Which stages a stage may run together with; `undefined` if it runs alone. */
export function groupOf(
  { task, args }: Stage,
  { environment }: Pick<Key, "environment">,
): Group | undefined {
  const { together } = task;
  if (together === undefined || task.runsIn !== "worker") return undefined;
  const most = together.most(environment);
  if (most < 2) return undefined;
  const plain = mapLeaves(args, (leaf) => {
    if (isRef(leaf)) return null;
    return isDefinition(leaf) ? { ...sourceOf(leaf) } : leaf;
  }) as Readonly<Record<string, Json>>;
  const { module, name } = task;
  const group = together.group(plain);
  return { name: canonicalJson([module, name, environment, group]), most };
}
