/**
 * Changes of a run that have the same causes, together: an edit of one module
 * runs a hundred stages, and is one thing to tell.
 *
 * @module
 */
import type { MovedNumber, RunChange } from "../runs/past_run.ts";

/** Stages that ran for the same causes. */
export interface ChangeGroup {
  readonly causes: readonly string[];
  /** The stages with their pipelines, in the order in which they come. */
  readonly stages: readonly Pick<RunChange, "pipeline" | "stage">[];
  readonly numbers: readonly MovedNumber[];
}

/**
 * Changes by their causes. What is about the claims of a pipeline, which has
 * no stage, stays alone and comes first; then the groups with moved numbers.
 */
export function groupChanges(
  changes: readonly RunChange[],
): readonly ChangeGroup[] {
  const claims: ChangeGroup[] = [];
  const groups = new Map<
    string,
    { causes: readonly string[]; stages: RunChange[]; numbers: MovedNumber[] }
  >();
  for (const change of changes) {
    const { pipeline, stage, causes, numbers } = change;
    if (stage === "") {
      claims.push({ causes, stages: [{ pipeline, stage }], numbers });
      continue;
    }
    const key = JSON.stringify(causes);
    const group = groups.get(key) ?? { causes, stages: [], numbers: [] };
    group.stages.push(change);
    for (const number of numbers) {
      group.numbers.push({ ...number, what: `${stage}: ${number.what}` });
    }
    groups.set(key, group);
  }
  const found = [...groups.values()];
  return [
    ...claims,
    ...found.filter(({ numbers }) => numbers.length > 0),
    ...found.filter(({ numbers }) => numbers.length === 0),
  ];
}

/** Causes of which at most one is an input: where one has changed, the others tell no more of why. */
export function oneInput(causes: readonly string[]): readonly string[] {
  const isInput = (cause: string) => cause.startsWith("input ");
  const [first, ...others] = causes.filter(isInput);
  if (first === undefined || others.length === 0) return causes;
  return [
    ...causes.filter((cause) => !isInput(cause)),
    `${first}, and ${others.length} more ${
      others.length === 1 ? "input" : "inputs"
    }`,
  ];
}
