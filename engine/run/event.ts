/**
 * Everything that can happen during a run. The engine only emits these; what
 * is printed is decided elsewhere.
 *
 * @module
 */
import type { Cause } from "../keys/cause.ts";
import type { Digest } from "../define/hash.ts";
import type { Progress } from "../define/task_context.ts";
import type { WorkedBy } from "../store/historic_run.ts";

/** Something that happened to a stage. */
export type StageEvent =
  | { readonly kind: "stage-cached"; readonly stage: string }
  | {
    readonly kind: "stage-started";
    readonly stage: string;
    readonly causes: readonly Cause[];
    /** The worker that runs it, if that is another process. */
    readonly by?: WorkedBy;
  }
  | {
    readonly kind: "stage-progress";
    readonly stage: string;
    readonly progress: Progress;
  }
  | {
    readonly kind: "stage-finished";
    readonly stage: string;
    readonly seconds: number;
    readonly bytes: number;
    /** Whether the bytes equal those of the stage's last run, so that nothing after it runs. */
    readonly unchanged: boolean;
    /** The worker that ran it, if that was another process. */
    readonly by?: WorkedBy;
  }
  | {
    readonly kind: "stage-failed";
    readonly stage: string;
    readonly error: Error;
  }
  /** Another run makes it, or has taken it over from this one, which waits for the result. */
  | {
    readonly kind: "stage-elsewhere";
    readonly stage: string;
    /** Who makes it, e.g. `process 12 on host-b makes it`. */
    readonly message: string;
  }
  /** Two runs made it, and it was not the same: the first result stays. */
  | { readonly kind: "stage-differs"; readonly stage: string }
  | {
    readonly kind: "artifact-damaged";
    readonly stage: string;
    readonly field: string;
    readonly digest: Digest;
    readonly message: string;
  };

/** Something that happened. Stages of several pipelines may run at the same time. */
export type Event =
  | { readonly kind: "waiting-for-store"; readonly holder: string }
  /** Something to know of the remote store, said once. */
  | { readonly kind: "remote"; readonly message: string }
  | {
    readonly kind: "run-started";
    readonly pipeline: string;
    readonly profile: string;
    readonly stages: number;
  }
  | (StageEvent & { readonly pipeline: string })
  | {
    readonly kind: "run-finished";
    readonly pipeline: string;
    readonly profile: string;
    readonly stages: number;
    readonly ran: number;
    readonly cached: number;
    readonly failed: number;
    /** Time from the start of its first stage. */
    readonly seconds: number;
  };
