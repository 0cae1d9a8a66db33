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
export type {
  AnyTask,
  Codecs,
  Together,
  TogetherStage,
  ValueOf,
} from "./any_task.ts";
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
export type { HistoricRun, RunPipeline, RunStage } from "./historic_run.ts";
export { digestOfKey, type Key, STORE_FORMAT } from "./key.ts";
export type {
  OpenPipeline,
  Reproduced,
  ReproduceOptions,
} from "./open_pipeline.ts";
export { orElse } from "./or_else.ts";
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
  openPipeline,
  openProject,
  type Project,
  type ProjectOptions,
} from "./project.ts";
export { type Draw, drawsOf, type PhiloxKey, philoxKey } from "./philox.ts";
export { type Stream, stream } from "./random.ts";
export type { RecordRest } from "./record_index.ts";
export type { RunAbout } from "./record_run.ts";
export {
  type Lazy,
  type Leaf,
  type NoOthers,
  type NoSuchField,
  OR_ELSE,
  type OrElse,
  type PartFailure,
  REF,
  type Ref,
  type Stage,
  targetOf,
} from "./ref.ts";
export type { Resolved, Unresolved } from "./resolve.ts";
export type { RunResult } from "./run.ts";
export { keysOfRuns, type RunHistory, runHistory } from "./run_history.ts";
export { type ArrayFile, type NamedArray, safetensors } from "./safetensors.ts";
export type { Source } from "./source.ts";
export type { KeyContext } from "./static_key.ts";
export { DamagedObjectError, type StageRecord, type Store } from "./store.ts";
export {
  defineTask,
  type RefsOf,
  type Task,
  type TaskOptions,
} from "./task.ts";
export type {
  Environment,
  Progress,
  Scratch,
  TaskContext,
} from "./task_context.ts";
