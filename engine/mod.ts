/**
 * The workflow engine: typed refs, named keys and causes, a store that checks
 * itself, plans and runs.
 *
 * For users outside this repository. Modules inside it import the exact file,
 * so that the code that a key names stays small.
 *
 * ```ts ignore
 * import { defineTask, definePipeline, json, openPipeline } from "@shiftline/shiftline/engine";
 * ```
 *
 * @module
 */
export { type Cause, causesBetween, type Change, sentenceOf } from "./cause.ts";
export type { CodeClosure, CodeReader } from "./code.ts";
export { bytes, type Codec, json, type Schema } from "./codec.ts";
export {
  define,
  DEFINITION,
  type Definition,
  type DefinitionSource,
  isDefinition,
  sourceOf,
} from "./definition.ts";
export {
  SourceUnavailableError,
  StageError,
  StoreError,
  UpstreamError,
} from "./error.ts";
export type { Event, StageEvent } from "./event.ts";
export { type Graph, graphOf, type Input, type Node } from "./graph.ts";
export {
  canonicalJson,
  type Digest,
  digestOf,
  digestOfJson,
  type Json,
} from "./hash.ts";
export {
  digestOfKey,
  type Environment,
  type Key,
  type KeyContext,
  STORE_FORMAT,
} from "./key.ts";
export { OR_ELSE, type OrElse, orElse, type PartFailure } from "./or_else.ts";
export type { LeaseTiming } from "./lease.ts";
export type { RemoteOptions } from "./remote_store.ts";
export type { Patience } from "./download.ts";
export {
  type AnyPipeline,
  definePipeline,
  type Pipeline,
  type ProfileName,
  PROFILES,
} from "./pipeline.ts";
export type { PlannedStage } from "./plan.ts";
export {
  type OpenPipeline,
  openPipeline,
  openProject,
  type Project,
  type ProjectOptions,
} from "./project.ts";
export { type Draw, drawsOf, type PhiloxKey, philoxKey } from "./philox.ts";
export { type Stream, stream } from "./random.ts";
export type { RunAbout } from "./record_run.ts";
export {
  type Lazy,
  type Leaf,
  type NoOthers,
  type NoSuchField,
  REF,
  type Ref,
  type Stage,
  targetOf,
} from "./ref.ts";
export type { Reproduced, ReproduceOptions } from "./reproduce.ts";
export type { Resolved, Unresolved } from "./resolve.ts";
export type { RunResult } from "./run.ts";
export {
  type HistoricRun,
  keysOfRuns,
  type RunHistory,
  runHistory,
  type RunPipeline,
  type RunStage,
} from "./run_history.ts";
export { type ArrayFile, type NamedArray, safetensors } from "./safetensors.ts";
export type { Source } from "./source.ts";
export { DamagedObjectError, type StageRecord, type Store } from "./store.ts";
export {
  type AnyTask,
  type Codecs,
  defineTask,
  type Progress,
  type RefsOf,
  type Scratch,
  type Task,
  type TaskContext,
  type TaskOptions,
  type Together,
  type TogetherStage,
  type ValueOf,
} from "./task.ts";
