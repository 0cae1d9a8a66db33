/** What stages are called while one or several pipelines run. */
export interface StageLabels {
  /** Takes note that a pipeline runs. */
  add(pipeline: string): void;
  /** The name of a stage; with that of its pipeline if several run. */
  of(event: { readonly stage: string; readonly pipeline: string }): string;
}

/** Labels before any pipeline runs. */
export function stageLabels(): StageLabels {
  const pipelines = new Set<string>();
  return {
    add: (pipeline) => void pipelines.add(pipeline),
    of: ({ stage, pipeline }) =>
      pipelines.size > 1 ? `${stage} of ${pipeline}` : stage,
  };
}
