/**
 * Puts artifacts in the place of refs.
 *
 * @module
 */
import { isUnavailable, StageError, UpstreamError } from "../define/error.ts";
import {
  branchesOf,
  isOrElse,
  isRef,
  type Lazy,
  mapLeaves,
  type OrElse,
  type Ref,
  type Stage,
  targetOf,
  type ValueFailure,
  walkLeaves,
} from "../define/ref.ts";
import type { RunResult } from "./run.ts";
import { DamagedObjectError, type Store } from "../store/store.ts";

/** A ref with no artifact: its stage, or one before it, failed. */
export interface Unresolved {
  /** Where the ref stands in the output, e.g. `figures.line`. */
  readonly path: string;
  /** Name of the stage that was to make its artifact. */
  readonly stage: string;
}

/** An output with its values, or what is missing from it. */
export type Resolved<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "unresolved"; readonly missing: readonly Unresolved[] };

interface Run {
  readonly result: Pick<
    RunResult,
    "records" | "failures" | "blocked" | "remake"
  >;
  readonly store: Store;
  /** What has been read of each stage, by field: outputs name the same artifact in many places. */
  readonly known: Map<Stage, Map<string, unknown>>;
}

/**
 * Reads every artifact that an output points at; a damaged one is made again
 * first. Where a part may be missing, its substitute takes its place.
 */
export async function resolve<T>(
  output: Lazy<T>,
  run: Omit<Run, "known">,
): Promise<Resolved<T>> {
  const resolved = await resolveAt(output, {
    path: "",
    run: { ...run, known: new Map() },
  });
  return resolved as Resolved<T>;
}

async function resolveAt(
  part: unknown,
  { path, run }: { readonly path: string; readonly run: Run },
): Promise<Resolved<unknown>> {
  const found: { at: string; leaf: Ref<unknown> | OrElse<unknown> }[] = [];
  walkLeaves(part, (leaf, at) => {
    if (isRef(leaf) || isOrElse(leaf)) found.push({ at, leaf });
  }, path);
  const values = new Map<string, unknown>();
  const missing: Unresolved[] = [];
  for (const { at, leaf } of found) {
    const resolved = isRef(leaf)
      ? await artifact(leaf, { path: at, run })
      : await valueOrElse(leaf, { path: at, run });
    if (resolved.kind === "value") values.set(at, resolved.value);
    else for (const one of resolved.missing) missing.push(one);
  }
  if (missing.length > 0) return { kind: "unresolved", missing };
  const value = mapLeaves(
    part,
    (leaf, at) => values.has(at) ? values.get(at) : leaf,
    path,
  );
  return { kind: "value", value };
}

async function artifact(
  ref: Ref<unknown>,
  { path, run }: { readonly path: string; readonly run: Run },
): Promise<Resolved<unknown>> {
  const { stage, field } = targetOf(ref);
  const known = run.known.getOrInsertComputed(stage, () => new Map());
  if (!known.has(field)) {
    const bytes = await read(ref, run);
    if (bytes === undefined) {
      return { kind: "unresolved", missing: [{ path, stage: stage.name }] };
    }
    known.set(field, stage.task.codecs[field]?.decode(bytes));
  }
  return { kind: "value", value: known.get(field) };
}

async function valueOrElse(
  part: OrElse<unknown>,
  place: { readonly path: string; readonly run: Run },
): Promise<Resolved<unknown>> {
  const { value, otherwise } = branchesOf(part);
  const wanted = await resolveAt(value, place);
  if (wanted.kind === "value") return wanted;
  const stage = wanted.missing[0]?.stage ?? "";
  return await resolveAt(otherwise(failureOf(stage, place.run)), place);
}

/** Why a stage has no artifact. */
function failureOf(name: string, { result }: Run): ValueFailure {
  const stage = result.blocked.get(name)?.stage ?? name;
  const failure = result.failures.find((one) => one.stage === stage);
  if (failure === undefined) {
    return {
      stage,
      kind: "failed",
      reason:
        `Cannot find stage "${stage}": no other part of the output needs it`,
    };
  }
  const { cause, message } = failure;
  return {
    stage,
    kind: isUnavailable(failure) ? "unavailable" : "failed",
    reason: cause instanceof Error ? cause.message : message,
  };
}

/** The bytes of an artifact, or `undefined` if it cannot be made. */
async function read(
  ref: Ref<unknown>,
  { result, store }: Run,
): Promise<Uint8Array | undefined> {
  const { stage, field } = targetOf(ref);
  for (let record = result.records.get(stage.name); record !== undefined;) {
    try {
      return await store.object(record.outputs[field]?.digest ?? "");
    } catch (error) {
      if (!(error instanceof DamagedObjectError)) throw error;
      record = await result.remake(stage, error).catch((failure) => {
        // The run has it among its failures already.
        if (isFailure(failure)) return undefined;
        throw failure;
      });
    }
  }
  return undefined;
}

function isFailure(error: unknown): boolean {
  return error instanceof StageError || error instanceof UpstreamError;
}
