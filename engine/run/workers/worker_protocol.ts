/**
 * What the engine and a stage's worker say to each other.
 *
 * @module
 */
import { isDefinition, sourceOf } from "../../define/definition.ts";
import { SourceUnavailableError } from "../../define/error.ts";
import type { Digest } from "../../define/hash.ts";
import { withCalls } from "../../define/inline.ts";
import { isRef, mapLeaves, type Stage, targetOf } from "../../define/ref.ts";
import {
  type Check,
  isNumber,
  isString,
  listOf,
  oneOf,
  shapeOf,
} from "../../define/shape.ts";
import type { Source } from "../../define/source.ts";
import type { Progress } from "../../define/task_context.ts";

/** An export of a module. */
export interface ExportName {
  /** URL of the module. */
  readonly module: string;
  /** Name of the export. */
  readonly name: string;
}

/**
 * Bytes that a worker may hold while it waits for a stage. Training ResNet-8 in
 * batches of 128 takes 213 MiB of them, which the next training needs again;
 * after one on 50,000 images it is 251 MiB, of which WebAssembly's part never
 * shrinks: only ending the worker gives it back.
 */
export const MOST_HELD = 240 * 2 ** 20;

/** A stage in a form that can cross to another isolate. */
export interface WorkerRequest {
  /** Name of the stage. */
  readonly stage: string;
  /** The task that the stage calls. */
  readonly task: ExportName;
  /** The arguments, with `null` wherever a ref or a definition stood. */
  readonly args: unknown;
  /** The artifacts among the arguments by path, each with the codec that reads it. */
  readonly inputs: Readonly<
    Record<string, { readonly digest: Digest; readonly codec: ExportName }>
  >;
  /** The definitions among the arguments by path: where to import each from. */
  readonly definitions: Readonly<Record<string, ExportName>>;
  /** The environment part of the stage's key. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What the engine says to a worker. */
export type ToWorker =
  | {
    readonly kind: "run";
    /** Which run of stages in this process it is: questions name theirs. */
    readonly run: number;
    /** Stages of one task that run together; most often one. */
    readonly requests: readonly WorkerRequest[];
    /** Folder of the code of the run. */
    readonly folder: string;
    /** Paths of what of it these stages may load; if nothing is said, what was said last. */
    readonly files: readonly string[] | undefined;
    /** The bytes of every input, checked. They are handed over, not copied. */
    readonly artifacts: Map<Digest, Uint8Array>;
  }
  | {
    readonly kind: "answer";
    readonly id: number;
    readonly bytes?: Uint8Array | undefined;
    readonly error?: WorkerFailure;
  };

/** How one stage in a worker ended. */
export type StageEnd =
  | {
    readonly kind: "done";
    readonly outputs: Readonly<Record<string, Uint8Array>>;
  }
  | { readonly kind: "failed"; readonly error: WorkerFailure };

/** What a stage asks of the engine; `stage` is the place of a request. */
export type Question =
  /** The unfinished work of an earlier attempt. */
  | { readonly kind: "load"; readonly stage: number }
  /** To keep unfinished work. */
  | {
    readonly kind: "save";
    readonly stage: number;
    readonly bytes: Uint8Array;
  }
  /** The bytes of a published file. */
  | { readonly kind: "fetch"; readonly stage: number; readonly source: Source };

/** What a worker answers; `stage` is the place of a request. */
export type WorkerReply =
  | {
    readonly kind: "progress";
    readonly stage: number;
    readonly progress: Progress;
  }
  | {
    readonly kind: "asked";
    /** Of a run that has ended nobody answers. */
    readonly run: number;
    readonly id: number;
    readonly question: Question;
  }
  /** Says how all stages have ended, in the order of the requests. */
  | {
    readonly kind: "ended";
    readonly ends: readonly StageEnd[];
  }
  /**
   * Comes after the end, so that nobody waits for the answer: whether the worker
   * can run others, with its global scope as it was and not too much memory held.
   */
  | { readonly kind: "rested"; readonly isFit: boolean };

const isBoolean = (value: unknown): value is boolean =>
  typeof value === "boolean";

/** Whether each kind of reply is whole, as far as the engine relies on it. */
const REPLIES: readonly Check<unknown>[] = [
  shapeOf({
    kind: oneOf("progress"),
    stage: isNumber,
    progress: shapeOf({ unit: isString, done: isNumber, total: isNumber }),
  }),
  shapeOf({
    kind: oneOf("asked"),
    run: isNumber,
    id: isNumber,
    question: shapeOf({
      kind: oneOf("load", "save", "fetch"),
      stage: isNumber,
    }),
  }),
  shapeOf({
    kind: oneOf("ended"),
    ends: listOf(shapeOf({ kind: oneOf("done", "failed") })),
  }),
  shapeOf({ kind: oneOf("rested"), isFit: isBoolean }),
];

/** Whether a message is one that a worker answers with. */
export function isReply(message: unknown): message is WorkerReply {
  return REPLIES.some((isWhole) => isWhole(message));
}

/** An error that crossed from a worker. */
export interface WorkerFailure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: WorkerFailure | undefined;
  /** Of a source whose host does not answer; see {@linkcode SourceUnavailableError}. */
  readonly silence?: string | undefined;
}

/** A request in which each module that it names is another. */
export function withModules(
  request: WorkerRequest,
  change: (module: string) => string,
): WorkerRequest {
  const changed = ({ module, name }: ExportName): ExportName => ({
    module: change(module),
    name,
  });
  const { task, inputs, definitions } = request;
  return {
    ...request,
    task: changed(task),
    inputs: mapValues(inputs, ({ digest, codec }) => ({
      digest,
      codec: changed(codec),
    })),
    definitions: mapValues(definitions, changed),
  };
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, change(value)]),
  );
}

/** The request that runs a stage. */
export function requestOf(
  stage: Stage,
  { inputs, ...rest }: {
    readonly inputs: Readonly<Record<string, Digest>>;
    readonly environment: Readonly<Record<string, string>>;
  },
): WorkerRequest {
  const sources: Record<string, WorkerRequest["inputs"][string]> = {};
  const definitions: Record<string, ExportName> = {};
  const args = mapLeaves(withCalls(stage.args), (leaf, path) => {
    if (isRef(leaf)) {
      const { stage, field } = targetOf(leaf);
      const codec = stage.task.codecs[field];
      if (codec === undefined) {
        throw new TypeError(
          `Cannot read input "${path}": task "${stage.task.name}" has no field "${field}"`,
        );
      }
      const digest = inputs[path] ?? "";
      sources[path] = { digest, codec: { ...sourceOf(codec) } };
      return null;
    }
    if (isDefinition(leaf)) {
      definitions[path] = { ...sourceOf(leaf) };
      return null;
    }
    return leaf;
  });
  return {
    stage: stage.name,
    task: { module: stage.task.module, name: stage.task.name },
    args,
    inputs: sources,
    definitions,
    ...rest,
  };
}

/** An error as plain data. */
export function failureOf(error: unknown): WorkerFailure {
  if (!(error instanceof Error)) {
    return {
      name: "Error",
      message: String(error),
      stack: undefined,
      cause: undefined,
    };
  }
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : failureOf(error.cause),
    // By its field: the error may be of the stage's own copy of the class.
    silence: "silence" in error ? error.silence as string : undefined,
  };
}

/** The error of plain data, with the stack it had in the worker. */
export function errorOf(failure: WorkerFailure): Error {
  const { message, cause, silence } = failure;
  const options = Object.assign(
    cause === undefined ? {} : { cause: errorOf(cause) },
    silence === undefined ? {} : { silence },
  );
  // A run tells this one from all others.
  const isUnavailable = failure.name === "SourceUnavailableError";
  const error: Error = isUnavailable
    ? new SourceUnavailableError(message, options)
    : new Error(message, options);
  if (!isUnavailable) error.name = failure.name;
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
