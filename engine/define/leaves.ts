/**
 * The leaves of a stage's arguments, looked up once: the graph, the keys and
 * the run all ask for them.
 *
 * @module
 */
import { isDefinition } from "./definition.ts";
import { isInline } from "./inline.ts";
import { isPlain, isRef, type Stage, targetOf, walkLeaves } from "./ref.ts";

/** A ref, a definition or a plain value among the arguments, and where it stands. */
export interface PlacedLeaf {
  /** Where the leaf stands, as code reads: `runs[0].seed`. No two leaves share a path. */
  readonly path: string;
  readonly leaf: unknown;
}

const collected = new WeakMap<Stage, readonly PlacedLeaf[]>();

/** Every leaf of a stage's arguments, in order of place; of a call that is part of the stage, those of its own arguments. */
export function leavesOf(stage: Stage): readonly PlacedLeaf[] {
  let leaves = collected.get(stage);
  if (leaves === undefined) collected.set(stage, leaves = collect(stage.args));
  return leaves;
}

/** As `walkLeaves` visits them; quicker where the arguments are a record of leaves. */
function collect(args: unknown): readonly PlacedLeaf[] {
  const leaves: PlacedLeaf[] = [];
  if (isFlat(args)) {
    for (const path of Object.keys(args)) {
      const leaf = args[path];
      if (leaf !== undefined) leaves.push({ path, leaf });
    }
    return leaves;
  }
  walkLeaves(args, (leaf, path) => {
    if (!isRef(leaf) || !isInline(leaf)) {
      leaves.push({ path, leaf });
      return;
    }
    // As `withCalls` has it; a call stands in the arguments of many stages.
    const { stage, field } = targetOf(leaf);
    const at = path === "" ? "" : `${path}.`;
    leaves.push({ path: `${at}by`, leaf: stage.task.inline });
    for (const { path, leaf } of leavesOf(stage)) {
      const between = path === "" || path.startsWith("[") ? "" : ".";
      leaves.push({ path: `${at}from${between}${path}`, leaf });
    }
    leaves.push({ path: `${at}field`, leaf: field });
  });
  return leaves;
}

/** Whether a value is a record with something in it, of leaves only, whose names are paths as they are, no call among them. */
function isFlat(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isPlain(value)) return false;
  let isEmpty = true;
  for (const name of Object.keys(value)) {
    const part = value[name];
    if (part === undefined) continue;
    isEmpty = false;
    if (!/^\w+$/.test(name)) return false;
    const isLeaf = typeof part !== "object" || part === null ||
      (isRef(part) ? !isInline(part) : isDefinition(part));
    if (!isLeaf) return false;
  }
  return !isEmpty;
}
