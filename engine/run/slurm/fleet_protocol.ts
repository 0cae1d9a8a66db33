/**
 * What is said between a run and the isolate that deals with Slurm for it.
 *
 * @module
 */
import type { Pool } from "./pools.ts";
import type { PoolState } from "./roster.ts";
import type { Demand } from "./sizing.ts";

/** How a fleet begins; it comes before the code of any pipeline is loaded. */
export interface FleetStart {
  readonly kind: "start";
  /** Folder of the store. */
  readonly store: string;
  /** What tells the checkout of the run from others. */
  readonly checkout: string;
  readonly pools: readonly Pool[];
  /** More words for sbatch. */
  readonly extra: readonly string[];
  /** Words that start a worker. */
  readonly worker: readonly string[];
}

/** A run that is to go on as a job. */
export interface DetachedRun {
  /** Words that run it. */
  readonly run: readonly string[];
  /** The folder that it is started in. */
  readonly from: string;
  /** What it computes on, as the line has it. */
  readonly device: string;
}

/** What a run says. */
export type ToFleet =
  | FleetStart
  | {
    readonly kind: "work";
    readonly pools: readonly (readonly [pool: string, Demand])[];
    readonly done: number;
    /** What pools compute on that name no device. */
    readonly device: string;
  }
  | ({ readonly kind: "detach" } & DetachedRun)
  | { readonly kind: "cancel" };

/** What the isolate says. */
export type FromFleet =
  | { readonly kind: "ready" }
  | { readonly kind: "state"; readonly pools: readonly PoolState[] }
  | {
    readonly kind: "note";
    readonly message: string;
    readonly more: readonly string[];
  }
  /** The job that goes on with the run. */
  | { readonly kind: "detached"; readonly job: string }
  | { readonly kind: "cancelled" }
  /** Why it cannot begin, or go on. */
  | { readonly kind: "failed"; readonly message: string };
