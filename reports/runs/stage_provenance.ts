/**
 * Where the results of a report came from: its stages, what each took in and
 * what it made.
 *
 * @module
 */

/** The stages behind a report and its figures. */
export interface Provenance {
  /** Module of the pipeline in the repository, e.g. "pipelines/theory/theory.ts". */
  readonly module?: string | undefined;
  /** Every stage, each after those that it depends on. */
  readonly stages: readonly StageProvenance[];
  /** By id of a figure, the names of the stages whose results it shows directly. */
  readonly figures: Readonly<Record<string, readonly string[]>>;
}

/** One stage of a pipeline. */
export interface StageProvenance {
  /** Its name, unique in its pipeline. */
  readonly name: string;
  /** Name of the task that it calls. */
  readonly task: string;
  /** Module of the task in the repository, e.g. "tasks/training/train.ts". */
  readonly module: string;
  /** Digest of its key. */
  readonly key: string;
  /** What became of it in this run. */
  readonly state: "ran" | "reused" | "failed" | "blocked";
  /** Wall time in seconds when it ran, in this run or in an earlier one. */
  readonly seconds: number;
  /** Calls of inline tasks that are part of it, e.g. "applyShift (tint)". */
  readonly calls: readonly string[];
  /** The results of other stages that it takes in. */
  readonly inputs: readonly StageInput[];
  /** What it made. */
  readonly outputs: readonly StageOutput[];
  /** Published files that it read. */
  readonly sources: readonly PublishedSource[];
}

/** A result of another stage among the arguments of a stage. */
export interface StageInput {
  /** Where in the arguments it stands. */
  readonly path: string;
  /** Name of the stage that made it. */
  readonly stage: string;
  /** Which of the results of that stage. */
  readonly field: string;
}

/** An artifact. */
export interface StageOutput {
  readonly field: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
  readonly bytes: number;
}

/** A published file, or one of one's own. */
export interface PublishedSource {
  /** Its address; of a file of one's own only its name. */
  readonly url: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256?: string | undefined;
  /** The id that git gives it, where that is what pins it. */
  readonly gitBlob?: string | undefined;
}
