/**
 * The history of a store: one file a run, `runs/ID.json`, which says what each
 * stage's key was and whether it ran. Artifacts stay where they are; a run
 * names them through the records of its keys.
 *
 * @module
 */
import { join } from "node:path";
import { storeError } from "./error.ts";
import type { Digest, Json } from "./hash.ts";
import {
  isDigest,
  isJson,
  isNumber,
  isString,
  isTrue,
  listOf,
  nullOr,
  oneOf,
  optional,
  recordOf,
  shapeOf,
} from "./shape.ts";
import { storeFiles } from "./store_files.ts";

/** Version of these files; others are not read. */
const FORMAT = 1;

const isStage = shapeOf<RunStage>({
  key: optional(isDigest),
  state: oneOf("ran", "reused", "failed", "blocked"),
  causes: optional(listOf(isString)),
  reason: optional(isString),
  unavailable: optional(isTrue),
});

const isHead = shapeOf<Omit<HistoricRun, "pipelines">>({
  id: isString,
  profile: isString,
  started: isString,
  seconds: isNumber,
  state: oneOf("running", "finished", "failed", "stopped"),
  commit: nullOr(isString),
  device: isString,
});

const hasPipelines = shapeOf<Pick<HistoricRun, "pipelines">>({
  pipelines: recordOf(shapeOf<RunPipeline>({
    stages: recordOf(isStage),
    summary: optional(isJson),
  })),
});

const isOfFormat = shapeOf({ format: isNumber });

/** What became of one stage in a run. */
export interface RunStage {
  /** Digest of its key, if all its inputs were made. */
  readonly key?: Digest | undefined;
  /** `blocked`: a stage before it failed. */
  readonly state: "ran" | "reused" | "failed" | "blocked";
  /** Why it ran, in sentences. */
  readonly causes?: readonly string[] | undefined;
  /** What went wrong, in one line, if it failed. */
  readonly reason?: string | undefined;
  /** Whether it failed for no other reason than that its published source cannot be had. */
  readonly unavailable?: true | undefined;
}

/** What became of one pipeline in a run. */
export interface RunPipeline {
  /** By name, producers first; stages not reached are left out. */
  readonly stages: Readonly<Record<string, RunStage>>;
  /** What it gave, in short; as whoever ran it defines. */
  readonly summary?: Json | undefined;
}

/** One run of one or more pipelines. */
export interface HistoricRun {
  /** Twelve hexadecimal characters. */
  readonly id: string;
  /** The scale. */
  readonly profile: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Time it took. */
  readonly seconds: number;
  /** `running` also if its process was killed. */
  readonly state: "running" | "finished" | "failed" | "stopped";
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /** What it computed on, e.g. `wasm`. */
  readonly device: string;
  /** By name. */
  readonly pipelines: Readonly<Record<string, RunPipeline>>;
}

/** The runs that a store remembers. */
export interface RunHistory {
  /**
   * The runs that can be read, oldest first.
   *
   * @param ids of which runs; of all if left out
   * @throws {StoreError} if the folder cannot be read
   */
  list(ids?: readonly string[]): readonly HistoricRun[];
  /**
   * The ids of all runs, in order; none is opened for it.
   *
   * @throws {StoreError} if the folder cannot be read
   */
  ids(): readonly string[];
  /**
   * Writes a run, or replaces it.
   *
   * @throws {StoreError} if it cannot be written
   */
  put(run: HistoricRun): Promise<void>;
}

/** The history of the store in a folder. */
export function runHistory(folder: string): RunHistory {
  const files = storeFiles(folder);
  const ids = () =>
    namesIn(folder).map((name) => name.slice(0, -".json".length));
  return {
    list(wanted = ids()) {
      const parse = newParser();
      const runs = wanted.flatMap((id) => {
        const bytes = files.readSmall(`runs/${id}.json`);
        const run = bytes === undefined ? undefined : parse(bytes);
        return run === undefined ? [] : [run];
      });
      return runs.sort(byStart);
    },

    ids,

    async put(run) {
      const text = `${JSON.stringify({ format: FORMAT, ...run })}\n`;
      await files.write(`runs/${run.id}.json`, new TextEncoder().encode(text));
    },
  };
}

/** Compares two runs by when they started; those of one millisecond by id. */
export function byStart(
  a: Pick<HistoricRun, "started" | "id">,
  b: Pick<HistoricRun, "started" | "id">,
): number {
  const [one, other] = a.started === b.started
    ? [a.id, b.id]
    : [a.started, b.started];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Keys of every stage of some runs: what their artifacts are found by. */
export function keysOfRuns(runs: readonly HistoricRun[]): ReadonlySet<Digest> {
  const keys = new Set<Digest>();
  for (const { pipelines } of runs) {
    for (const { stages } of Object.values(pipelines)) {
      for (const { key } of Object.values(stages)) {
        if (key !== undefined) keys.add(key);
      }
    }
  }
  return keys;
}

function namesIn(folder: string): readonly string[] {
  try {
    return Array.from(
      Deno.readDirSync(join(folder, "runs")),
      ({ name }) => name,
    )
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw storeError(error, { folder, action: "read" });
  }
}

type ParseRun = (bytes: Uint8Array) => HistoricRun | undefined;

/** What comes before the pipelines in the text of a run, where they are last. */
const PIPELINES = ',"pipelines":';

/**
 * Reads runs; one that is not whole or of another version is `undefined`. Runs
 * in which nothing changed say the same of their pipelines, letter for letter:
 * that is parsed and held once.
 */
function newParser(): ParseRun {
  const known = new Map<string, HistoricRun["pipelines"]>();

  function parsed(text: string): HistoricRun | undefined {
    const place = text.indexOf(PIPELINES);
    const rest = text.slice(place + PIPELINES.length);
    const shared = place === -1 ? undefined : known.get(rest);
    if (shared !== undefined) {
      const head: unknown = JSON.parse(`${text.slice(0, place)}}`);
      return isOurs(head) ? { ...head, pipelines: shared } : undefined;
    }
    const run: unknown = JSON.parse(text);
    if (!isOurs(run) || !hasPipelines(run)) return undefined;
    if (place !== -1) known.set(rest, run.pipelines);
    return run;
  }

  return (bytes) => {
    try {
      return parsed(new TextDecoder().decode(bytes));
    } catch {
      return undefined;
    }
  };
}

function isOurs(value: unknown): value is Omit<HistoricRun, "pipelines"> {
  return isOfFormat(value) && value.format === FORMAT && isHead(value);
}
