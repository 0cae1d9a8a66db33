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
} from "./define/any_task.ts";
export {
  type Cause,
  causesBetween,
  type Change,
  sentenceOf,
} from "./keys/cause.ts";
export type { CodeClosure, CodeReader } from "./keys/code.ts";
export { type CodeAtStart, codeAtStart } from "./keys/code_at_start.ts";
export { bytes, type Codec, json, type Schema } from "./define/codec.ts";
export {
  define,
  DEFINITION,
  type Definition,
  type DefinitionSource,
  isDefinition,
  sourceOf,
} from "./define/definition.ts";
export {
  SourceUnavailableError,
  StageError,
  StoreError,
  UpstreamError,
} from "./define/error.ts";
export type { Event, StageEvent } from "./run/event.ts";
export { type Graph, graphOf, type Input, type Node } from "./run/graph.ts";
export {
  canonicalJson,
  type Digest,
  digestOf,
  digestOfJson,
  type Json,
} from "./define/hash.ts";
export type {
  HistoricRun,
  RunPipeline,
  RunStage,
  WorkedBy,
} from "./store/historic_run.ts";
export { digestOfKey, type Key, STORE_FORMAT } from "./keys/key.ts";
export type {
  OpenPipeline,
  Reproduced,
  ReproduceOptions,
} from "./run/open_pipeline.ts";
export { orElse } from "./define/or_else.ts";
export type { RemoteOptions } from "./store/remote_store.ts";
export type { Patience } from "./store/download.ts";
export {
  type AnyPipeline,
  definePipeline,
  type Pipeline,
  type ProfileName,
  PROFILES,
} from "./define/pipeline.ts";
export type { PlannedStage } from "./run/plan.ts";
export {
  openPipeline,
  openProject,
  type Project,
  type ProjectOptions,
} from "./run/project.ts";
export type { Outputs } from "./run/workers/outputs.ts";
export type {
  ExportName,
  WorkerRequest,
} from "./run/workers/worker_protocol.ts";
export type {
  WorkerContext,
  WorkerJob,
} from "./run/workers/execute_in_worker.ts";
export type { Workers } from "./run/workers/workers.ts";
export {
  type Draw,
  drawsOf,
  type PhiloxKey,
  philoxKey,
} from "./define/philox.ts";
export { type Stream, stream } from "./define/random.ts";
export type { RecordRest } from "./store/record_index.ts";
export type { RunAbout } from "./run/record_run.ts";
export {
  type Lazy,
  type Leaf,
  type NoOthers,
  type NoSuchField,
  OR_ELSE,
  type OrElse,
  REF,
  type Ref,
  type Stage,
  targetOf,
  type ValueFailure,
} from "./define/ref.ts";
export type { Resolved, Unresolved } from "./run/resolve.ts";
export type { RunResult } from "./run/run.ts";
export {
  keysOfRuns,
  type RunHistory,
  runHistory,
} from "./store/run_history.ts";
export {
  type ArrayFile,
  type NamedArray,
  safetensors,
} from "./define/safetensors.ts";
export type { GitSource, HashedSource, Source } from "./define/source.ts";
export type { KeyContext } from "./keys/static_key.ts";
export {
  DamagedObjectError,
  type StageRecord,
  type Store,
} from "./store/store.ts";
export {
  defineTask,
  type RefsOf,
  type Task,
  type TaskOptions,
} from "./define/task.ts";
export type {
  Environment,
  Progress,
  Scratch,
  TaskContext,
} from "./define/task_context.ts";
