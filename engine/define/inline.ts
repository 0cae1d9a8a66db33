/**
 * Calls of inline tasks: part of each stage that takes their result, as
 * arguments of which the stage makes the value itself.
 *
 * @module
 */
import { type Definition, isDefinition, sourceOf } from "./definition.ts";
import {
  isPlain,
  isRef,
  mapLeaves,
  type Ref,
  type Stage,
  targetOf,
  walkLeaves,
  walkRefs,
} from "./ref.ts";

/** A call among the arguments of a stage. */
export interface InlineCall {
  /** The task, which brings its own code into the key of the stage. */
  readonly by: Definition;
  /** Its arguments. */
  readonly from: unknown;
  /** The field of its result that is taken. */
  readonly field: string;
}

/** Whether a ref points at the result of an inline task. */
export function isInline(ref: Ref<unknown>): boolean {
  return targetOf(ref).stage.task.inline !== undefined;
}

/** The arguments of a stage, with calls of inline tasks in the place of refs to their results. */
export function withCalls(args: unknown): unknown {
  return mapLeaves(args, (leaf) => {
    if (!isRef(leaf) || !isInline(leaf)) return leaf;
    const { stage: { task, args }, field } = targetOf(leaf);
    return { by: task.inline, from: withCalls(args), field };
  });
}

/** The inline tasks whose calls are part of a stage, with the definitions that each is given: `applyShift (tint)`. */
export function callsIn({ args }: Stage): readonly string[] {
  const found = new Set<string>();
  walkRefs(args, (ref) => {
    if (!isInline(ref)) return;
    const { stage } = targetOf(ref);
    const given: string[] = [];
    walkLeaves(stage.args, (leaf) => {
      if (isDefinition(leaf)) given.push(sourceOf(leaf).name);
    });
    const { name } = stage.task;
    found.add(given.length === 0 ? name : `${name} (${given.join(", ")})`);
    for (const call of callsIn(stage)) found.add(call);
  });
  return [...found];
}

/** Whether a part of the arguments of a stage is such a call. */
export function isInlineCall(part: unknown): part is InlineCall {
  return isPlain(part) && typeof part["by"] === "function" &&
    isDefinition(part["by"]) && typeof part["field"] === "string";
}
