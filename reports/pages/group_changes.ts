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
  const isOfClaims = ({ stage }: RunChange) => stage === "";
  const alike = Map.groupBy(
    changes.filter((change) => !isOfClaims(change)),
    ({ causes }) => JSON.stringify(causes),
  );
  const groups = [...alike.values()].map((stages): ChangeGroup => ({
    causes: stages[0]?.causes ?? [],
    stages,
    numbers: stages.flatMap(({ stage, numbers }) =>
      numbers.map((number) => ({ ...number, what: `${stage}: ${number.what}` }))
    ),
  }));
  return [
    ...changes.filter(isOfClaims).map((change): ChangeGroup => ({
      causes: change.causes,
      stages: [change],
      numbers: change.numbers,
    })),
    ...groups.filter(({ numbers }) => numbers.length > 0),
    ...groups.filter(({ numbers }) => numbers.length === 0),
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
