/**
 * Entry of a worker: an isolate that runs stages, one after the other, until it
 * is ended.
 *
 * @module
 */
import type { AnyTask } from "../../define/any_task.ts";
import { argumentsOf } from "./arguments.ts";
import type { Codec } from "../../define/codec.ts";
import type { Digest } from "../../define/hash.ts";
import { importDefinition, importTask } from "./import_export.ts";
import { callMaker, type GivenToCalls } from "./inline_calls.ts";
import { watchIsolateMemory } from "./isolate_memory.ts";
import { encode } from "./outputs.ts";
import { sealScope } from "./seal/seal_scope.ts";
import type { TaskContext } from "../../define/task_context.ts";
import {
  errorOf,
  failureOf,
  MOST_HELD,
  type Question,
  type StageEnd,
  type ToWorker,
  type WorkerReply,
  type WorkerRequest,
} from "./worker_protocol.ts";

/** The part of a worker's global scope that this module uses. */
interface WorkerScope {
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<ToWorker>) => void,
  ): void;
  postMessage(message: WorkerReply, transfer: readonly Transferable[]): void;
}

type Answer = Extract<ToWorker, { readonly kind: "answer" }>;

const scope = globalThis as unknown as WorkerScope;
/** Taken before a stage can put something else in its place. */
const postMessage = scope.postMessage.bind(scope);
const memory = watchIsolateMemory();
const sealed = sealScope(
  new URL("./seal/nested_worker.ts", import.meta.url),
  { hears: "the engine" },
);
const NOTHING = new Uint8Array();

/** By id, who waits for the answer to a question. */
const asked = new Map<number, (answer: Answer) => void>();
let questions = 0;

scope.addEventListener("message", async ({ data }) => {
  if (data.kind === "answer") {
    asked.get(data.id)?.(data);
    asked.delete(data.id);
    return;
  }
  if (data.files !== undefined) sealed.permit(data.folder, data.files);
  const ends = await run(data);
  const made = ends.flatMap((end) =>
    end.kind === "done" ? Object.values(end.outputs) : []
  );
  postMessage(
    { kind: "ended", ends },
    made.map(({ buffer }) => buffer as ArrayBuffer), // each is a copy of its own
  );
  const isFit = sealed.isClean() &&
    memory.held({ limit: MOST_HELD }) <= MOST_HELD;
  postMessage({ kind: "rested", isFit }, []);
});

/** Runs stages of one task, each with what is said of it alone. */
async function run(
  { run, requests, artifacts }: Extract<ToWorker, { readonly kind: "run" }>,
): Promise<readonly StageEnd[]> {
  let isRunning = true;
  const stages = await withCallsMade(
    await loadStages(requests, {
      artifacts,
      contextOf: (request, stage) =>
        contextOf(request, {
          stage,
          progress(progress) {
            // A word that came later would pass for one of the next stage.
            if (isRunning) {
              postMessage({ kind: "progress", stage, progress }, []);
            }
          },
          async ask(question) {
            // The answer would be that of the stage which has the isolate now.
            if (!isRunning) {
              throw new Error(
                `Cannot ${WORDS[question.kind]}: the stage has ended`,
              );
            }
            return await ask(run, question);
          },
        }),
    }),
  );
  const ready = stages.flatMap((stage) =>
    stage.status === "fulfilled" ? [stage.value] : []
  );
  const results = (await compute(ready)).values();
  isRunning = false;
  return stages.map((stage): StageEnd => {
    try {
      if (stage.status === "rejected") throw stage.reason;
      const result = results.next().value as Ended;
      if (result.status === "rejected") throw result.reason;
      return { kind: "done", outputs: encode(stage.value.task, result.value) };
    } catch (error) {
      return { kind: "failed", error: failureOf(error) };
    }
  });
}

/** A stage that can run. */
interface ReadyStage {
  readonly task: AnyTask;
  readonly args: unknown;
  readonly context: TaskContext;
}

/** A stage among whose arguments there may be calls. */
interface LoadedStage extends ReadyStage, GivenToCalls {}

/** Loads the code of stages and reads their arguments. */
async function loadStages(
  requests: readonly WorkerRequest[],
  { artifacts, contextOf }: {
    readonly artifacts: Map<Digest, Uint8Array>;
    readonly contextOf: (request: WorkerRequest, stage: number) => TaskContext;
  },
): Promise<readonly PromiseSettledResult<LoadedStage>[]> {
  const read = inputReader(artifacts);
  const loaded = await Promise.allSettled(
    requests.map(async (request, stage): Promise<LoadedStage> => ({
      task: await importTask(request.task),
      ...await read(request),
      context: contextOf(request, stage),
    })),
  );
  // What calls alone take is let go of while the stages run.
  artifacts.clear();
  return loaded;
}

/** The same stages with the calls made that are part of them, one after the other. */
async function withCallsMade(
  loaded: readonly PromiseSettledResult<LoadedStage>[],
): Promise<readonly PromiseSettledResult<ReadyStage>[]> {
  sealed.begin();
  const made = callMaker();
  const stages: PromiseSettledResult<ReadyStage>[] = [];
  for (const stage of loaded) {
    if (stage.status === "rejected") stages.push(stage);
    else {
      const { task, args, context, given } = stage.value;
      const [end] = await Promise.allSettled([made(args, { context, given })]);
      stages.push(
        end.status === "rejected"
          ? end
          : { ...end, value: { task, args: end.value, context } },
      );
    }
  }
  return stages;
}

/** What a stage wants that asks a question. */
const WORDS: Readonly<Record<Question["kind"], string>> = {
  load: "load unfinished work",
  save: "save unfinished work",
  fetch: "fetch a published file",
};

type Ended = PromiseSettledResult<Readonly<Record<string, unknown>>>;

/** Calls the task: once for all stages if there are several. */
async function compute(
  stages: readonly ReadyStage[],
): Promise<readonly Ended[]> {
  const [first, ...others] = stages;
  if (first === undefined) return [];
  const { task: { run, together }, args, context } = first;
  if (others.length === 0 || together === undefined) {
    return await Promise.allSettled([run(args, context)]);
  }
  try {
    return await together.run(stages);
  } catch (reason) {
    return stages.map(() => ({ status: "rejected", reason }));
  }
}

function contextOf(
  { environment }: WorkerRequest,
  { stage, progress, ask }: {
    readonly stage: number;
    readonly progress: TaskContext["progress"];
    readonly ask: (question: Question) => Promise<Answer>;
  },
): TaskContext {
  // The engine stops a worker by terminating it; the signal is never raised here.
  const { signal } = new AbortController();
  return {
    signal,
    environment,
    progress,
    // Kept by the engine: a worker writes nothing itself.
    scratch: {
      load: async () => (await ask({ kind: "load", stage })).bytes,
      async save(bytes) {
        await ask({ kind: "save", stage, bytes });
      },
    },
    async fetch(source) {
      const { bytes } = await ask({ kind: "fetch", stage, source });
      return bytes ?? NOTHING;
    },
  };
}

/** Reads the arguments of requests; an artifact that several have at the same place is decoded once. */
function inputReader(
  artifacts: ReadonlyMap<Digest, Uint8Array>,
): (
  request: WorkerRequest,
) => Promise<{ readonly args: unknown; readonly given: ReadonlySet<unknown> }> {
  const decoded = new Map<string, Promise<unknown>>();
  const used = new Set<Digest>();
  return async (request) => {
    const values = new Map<string, unknown>();
    for (
      const [path, { digest, codec }] of Object.entries(request.inputs)
    ) {
      const key = [path, digest, codec.module, codec.name].join(" ");
      const value = decoded.getOrInsertComputed(key, () => {
        const bytes = artifacts.get(digest) ?? NOTHING;
        // Two places of one stage share no memory.
        const own = used.has(digest) ? bytes.slice() : bytes;
        used.add(digest);
        return importDefinition<Codec<unknown>>(codec)
          .then(({ decode }) => decode(own));
      });
      values.set(path, await value);
    }
    for (const [path, source] of Object.entries(request.definitions)) {
      values.set(path, await importDefinition(source));
    }
    return {
      args: argumentsOf(request.args, values),
      given: new Set(values.values()),
    };
  };
}

async function ask(run: number, question: Question): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const id = ++questions;
  asked.set(id, resolve);
  postMessage({ kind: "asked", run, id, question }, []);
  const answer = await promise;
  if (answer.error !== undefined) throw errorOf(answer.error);
  return answer;
}
