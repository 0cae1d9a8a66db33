/**
 * Which stages the parts of an output are made of.
 *
 * @module
 */
import type { Graph } from "../run/graph.ts";
import {
  branchesOf,
  isOrElse,
  isRef,
  targetOf,
  walkRefs,
} from "../define/ref.ts";

/** One artifact that a part of an output shows. */
export interface ShownArtifact {
  /** Name of the stage that makes it. */
  readonly stage: string;
  /** Which field of its result. */
  readonly field: string;
}

/** Every artifact that is put into a part of an output, once, in order of place. */
export function artifactsIn(
  part: unknown,
  graph: Graph,
): readonly ShownArtifact[] {
  const found = new Map<string, ShownArtifact>();
  walkRefs(part, (ref) => {
    const { stage, field } = targetOf(ref);
    const { name } = graph.node(stage).stage;
    found.set(JSON.stringify([name, field]), { stage: name, field });
  });
  return [...found.values()];
}

/**
 * The part of an output at one field, or at one place of a list. Where a ref
 * or what may be missing stands for the whole, that is the part.
 */
export function valueAt(output: unknown, step: string | number): unknown {
  if (isRef(output)) return output;
  if (isOrElse(output)) return valueAt(branchesOf(output).value, step);
  if (typeof output !== "object" || output === null) return undefined;
  return (output as Readonly<Record<string | number, unknown>>)[step];
}
