/**
 * Values in an output: where they are, and which artifacts are put into them.
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

/** One artifact that is put into an output. */
export interface ShownArtifact {
  /** Name of the stage that makes it. */
  readonly stage: string;
  /** Field of the result of that stage. */
  readonly field: string;
}

/** Every artifact that is put into a value of an output, once, in order of place. */
export function artifactsIn(
  value: unknown,
  graph: Graph,
): readonly ShownArtifact[] {
  const found = new Map<string, ShownArtifact>();
  walkRefs(value, (ref) => {
    const { stage, field } = targetOf(ref);
    const { name } = graph.node(stage).stage;
    found.set(JSON.stringify([name, field]), { stage: name, field });
  });
  return [...found.values()];
}

/**
 * The value at one field of an output, or at one place of a list. Where a ref
 * stands for the whole of it, that is the value.
 */
export function valueAt(output: unknown, step: string | number): unknown {
  if (isRef(output)) return output;
  if (isOrElse(output)) return valueAt(branchesOf(output).value, step);
  if (typeof output !== "object" || output === null) return undefined;
  return (output as Readonly<Record<string | number, unknown>>)[step];
}
