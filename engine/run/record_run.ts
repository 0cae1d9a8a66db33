/**
 * Records a run in the history while it goes on, so that one that is killed is
 * remembered too.
 *
 * @module
 */
import { sentencesOf } from "../keys/causes_alike.ts";
import { isUnavailable, StageError } from "../define/error.ts";
import type { Event } from "./event.ts";
import { type Digest, digestOfJson, type Json } from "../define/hash.ts";
import type {
  HistoricRun,
  RunPipeline,
  RunStage,
} from "../store/historic_run.ts";
import { secondsBetween } from "../store/record_fields.ts";
import { runHistory } from "../store/run_history.ts";

/** What the history says of a run besides what happens in it. */
export interface RunAbout {
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /** Paths of the files that were edited and neither staged nor committed, asked for when the first stage starts. */
  readonly edited?: () => Promise<readonly string[] | undefined>;
  /** What the run computes on, e.g. `wasm`. */
  readonly device: string;
}

/** How pipelines of a run ended. */
export interface RunEnd {
  readonly state: "finished" | "failed" | "stopped";
  /** Names of the stages that a failure kept from running, by pipeline. */
  readonly blocked?: Readonly<Record<string, readonly string[]>>;
}

/** Writes a run into the history while it goes on. */
export interface RunRecorder {
  /** Id of the run. */
  readonly id: string;
  /** Notes the key of a stage, once it is known. */
  key(pipeline: string, stage: string, key: Digest): void;
  /** Notes what an event says. */
  event(event: Event): void;
  /** Notes what a pipeline gave, in short. */
  summary(pipeline: string, summary: Json): void;
  /**
   * Writes the run for the last time.
   *
   * @throws {StoreError} if it cannot be written
   */
  end(end: RunEnd): Promise<void>;
}

/** What is known of a pipeline so far. */
interface Known {
  /** Names of its stages, producers first. */
  readonly order: readonly string[];
  readonly keys: Map<string, Digest>;
  /** Why stages were started: until one has ended nothing else is said of it. */
  readonly causes: Map<string, readonly string[]>;
  readonly ended: Map<string, RunStage>;
  summary?: Json;
}

/** A run that is killed loses at most this much of its history, or so many times what writing takes. */
const DELAY_MILLISECONDS = 2000;
const DELAY_TIMES = 20;

/**
 * Starts to record a run.
 *
 * @param folder folder of the store
 * @throws {StoreError} if it cannot be written
 */
export async function recordRun(
  folder: string,
  { profile, pipelines, presence, about, clock }: {
    readonly profile: string;
    /** Names of the stages of each pipeline, producers first. */
    readonly pipelines: ReadonlyMap<string, readonly string[]>;
    /** Id of the presence of this process in the store. */
    readonly presence: string;
    readonly about: RunAbout;
    /** Milliseconds since 1970. */
    readonly clock: () => number;
  },
): Promise<RunRecorder> {
  const history = runHistory(folder);
  const start = clock();
  const started = new Date(start).toISOString();
  const id = digestOfJson("run", [
    started,
    profile,
    [...pipelines.keys()],
    crypto.randomUUID(), // two runs may start in the same millisecond
  ]).slice(0, 12);
  const known = new Map<string, Known>();
  for (const [name, order] of pipelines) {
    const [keys, causes, ended] = [new Map(), new Map(), new Map()];
    known.set(name, { order, keys, causes, ended });
  }
  let delay = DELAY_MILLISECONDS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  let looking: Promise<void> | undefined;
  let edited: readonly string[] | undefined;

  /** Looks which files were edited; called when the first stage starts, as nothing is made of them before. */
  async function look(): Promise<void> {
    edited = await about.edited?.().catch(() => undefined);
  }

  function run(state: HistoricRun["state"]): HistoricRun {
    return {
      id,
      profile,
      started,
      state,
      seconds: secondsBetween(start, clock()),
      ...state === "running" ? { presence } : {},
      commit: about.commit,
      ...edited === undefined ? {} : { edited },
      device: about.device,
      pipelines: Object.fromEntries(
        [...known].map(([name, one]) => [name, pipelineOf(one)]),
      ),
    };
  }

  function note(pipeline: string, stage: string, end: RunStage): void {
    known.get(pipeline)?.ended.set(stage, end);
    timer ??= setTimeout(() => {
      timer = undefined;
      // What goes wrong goes wrong again at the end, and is said there.
      writing = writing.then(putRunning).catch(() => {});
    }, delay);
  }

  async function putRunning(): Promise<void> {
    const start = performance.now();
    await history.put(run("running"));
    const took = performance.now() - start;
    delay = Math.max(DELAY_MILLISECONDS, DELAY_TIMES * took);
  }

  const causesOf = (of: Record<"pipeline" | "stage", string>) =>
    known.get(of.pipeline)?.causes.get(of.stage) ?? [];

  await history.put(run("running"));
  return {
    id,

    key(pipeline, stage, key) {
      known.get(pipeline)?.keys.set(stage, key);
    },

    event(event) {
      switch (event.kind) {
        case "stage-cached":
          note(event.pipeline, event.stage, { state: "reused" });
          break;
        case "stage-started":
          looking ??= look();
          known.get(event.pipeline)?.causes
            .set(event.stage, sentencesOf(event.causes));
          break;
        case "stage-finished":
          note(event.pipeline, event.stage, {
            state: "ran",
            causes: causesOf(event),
            ...event.by === undefined ? {} : { by: event.by },
          });
          break;
        case "stage-failed":
          note(event.pipeline, event.stage, {
            state: "failed",
            causes: causesOf(event),
            ...reasonOf(event.error),
          });
      }
    },

    summary(pipeline, summary) {
      const one = known.get(pipeline);
      if (one !== undefined) one.summary = summary;
    },

    async end({ state, blocked = {} }) {
      clearTimeout(timer);
      for (const [pipeline, names] of Object.entries(blocked)) {
        for (const name of names) {
          known.get(pipeline)?.ended.set(name, { state: "blocked" });
        }
      }
      await Promise.all([writing, looking]);
      await history.put(run(state));
    },
  };
}

/** What the history says of a pipeline. */
function pipelineOf({ order, keys, ended, summary }: Known): RunPipeline {
  const stages: Record<string, RunStage> = {};
  for (const stage of order) {
    const [key, end] = [keys.get(stage), ended.get(stage)];
    if (end !== undefined) {
      stages[stage] = key === undefined ? end : { key, ...end };
    }
  }
  return summary === undefined ? { stages } : { stages, summary };
}

/** What the history says of a failure. */
function reasonOf(error: Error): Pick<RunStage, "reason" | "unavailable"> {
  const { cause } = error;
  const reason = cause instanceof Error ? cause.message : error.message;
  return error instanceof StageError && isUnavailable(error)
    ? { reason, unavailable: true }
    : { reason };
}
