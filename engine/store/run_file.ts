/**
 * A run as a file. The keys of its stages are kept beside it if they are more
 * than a few, in pieces under the digest of their bytes, which runs share: one
 * in which a few stages changed writes a few pieces, and one in which none did
 * writes none.
 *
 * @module
 */
import { type Digest, digestOf } from "../define/hash.ts";
import type { HistoricRun, RunPipeline, RunStage } from "./historic_run.ts";
import {
  type Check,
  isDigest,
  isJson,
  isString,
  isTrue,
  listOf,
  nullOr,
  oneOf,
  optional,
  recordOf,
  shapeOf,
} from "../define/shape.ts";
import { hasFormat, isMoment, isSeconds } from "./record_fields.ts";

/** Version of these files; 1 had no pieces, and is read too. */
const FORMAT = 2;

/** So many stages of a pipeline have their keys in one piece. */
export const PIECE_STAGES = 64;

/** A pipeline of no more stages has their keys in the run: they are few hundred bytes, and a file of their own would take a block of the disk. */
const FEW_STAGES = 4;

/** Some stages of a pipeline in order, with their keys; `null` where there is none. */
type Piece = Readonly<Record<string, Digest | null>>;

/** A pipeline as the file of a run has it. */
interface FiledPipeline extends RunPipeline {
  /** Digests of its pieces, if it has any; `stages` are then those that were not just reused, without keys. */
  readonly pieces?: readonly Digest[] | undefined;
}

/** A run as files: its own and those of its pieces. */
export interface FiledRun {
  readonly bytes: Uint8Array;
  /** The bytes of the pieces of the run, by their digest. */
  readonly pieces: ReadonlyMap<Digest, Uint8Array>;
}

/** A run as bytes; whole if it still goes on, since its pieces would not stay. */
export function fileRun(run: HistoricRun): FiledRun {
  const pieces = new Map<Digest, Uint8Array>();

  function file(pipeline: RunPipeline): FiledPipeline {
    const stages = Object.entries(pipeline.stages);
    if (run.state === "running" || stages.length <= FEW_STAGES) {
      return pipeline;
    }
    const own: Digest[] = [];
    for (let start = 0; start < stages.length; start += PIECE_STAGES) {
      const part = stages.slice(start, start + PIECE_STAGES)
        .map(([name, { key }]) => [name, key ?? null] as const);
      const bytes = bytesOfJson(Object.fromEntries(part));
      const digest = digestOf(bytes);
      own.push(digest);
      pieces.set(digest, bytes);
    }
    const written = stages.flatMap(([name, { key, ...rest }]) =>
      key !== undefined && isJustReused(rest) ? [] : [[name, rest]]
    );
    return { ...pipeline, pieces: own, stages: Object.fromEntries(written) };
  }

  const pipelines = Object.fromEntries(
    Object.entries(run.pipelines).map(([name, one]) => [name, file(one)]),
  );
  const bytes = bytesOfJson({ format: FORMAT, ...run, pipelines });
  return { bytes, pieces };
}

/** Whether nothing is said of a stage, beside its key, but that it was reused. */
function isJustReused(stage: Omit<RunStage, "key">): boolean {
  return stage.state === "reused" && Object.keys(stage).length === 1;
}

function bytesOfJson(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}

const isStage = shapeOf<RunStage>({
  key: optional(isDigest),
  state: oneOf("ran", "reused", "failed", "blocked"),
  causes: optional(listOf(isString)),
  reason: optional(isString),
  unavailable: optional(isTrue),
  by: optional(recordOf(isString)),
});

/** Whether something names a file in a folder, and nothing elsewhere. */
function isName(value: unknown): value is string {
  return isString(value) && /^[\w-]+$/.test(value);
}

type Head = Omit<HistoricRun, "pipelines">;

const isHead = shapeOf<Head>({
  id: isString,
  profile: isString,
  started: isMoment,
  seconds: isSeconds,
  state: oneOf("running", "finished", "failed", "stopped"),
  presence: optional(isName),
  commit: nullOr(isString),
  edited: optional(listOf(isString)),
  device: isString,
});

const hasPipelines: Check<
  { readonly pipelines: Readonly<Record<string, FiledPipeline>> }
> = shapeOf({
  pipelines: recordOf(shapeOf<FiledPipeline>({
    stages: recordOf(isStage),
    pieces: optional(listOf(isDigest)),
    summary: optional(isJson),
  })),
});

const isPiece: Check<Piece> = recordOf(nullOr(isDigest));

/** Makes runs of their bytes. */
export interface RunParser {
  /** A run; `undefined` if it is not whole, a piece is missing, or it is of another version. */
  run(bytes: Uint8Array): HistoricRun | undefined;
  /** The digests of the pieces that a run names. */
  piecesOf(bytes: Uint8Array): readonly Digest[];
}

/** What comes before the pipelines in the text of a run, where they are last. */
const PIPELINES = ',"pipelines":';

/**
 * A parser of runs. Runs in which nothing changed say the same of their
 * pipelines, letter for letter: that is parsed and held once, and so is each
 * piece.
 *
 * @param bytesOf the bytes of a piece, or `undefined` if it is missing
 */
export function runParser(
  bytesOf: (piece: Digest) => Uint8Array | undefined,
): RunParser {
  const known = new Map<string, HistoricRun["pipelines"]>();
  const pieces = new Map<Digest, ReturnType<typeof readPiece>>();

  function pieceOf(digest: Digest): RunPipeline["stages"] {
    return pieces.getOrInsertComputed(
      digest,
      () => readPiece(digest, bytesOf(digest)),
    );
  }

  function whole({ pieces, ...filed }: FiledPipeline): RunPipeline {
    if (pieces === undefined) return filed;
    const stages: Record<string, RunStage> = Object.assign(
      {},
      ...pieces.map(pieceOf),
    );
    for (const [name, stage] of Object.entries(filed.stages)) {
      const key = stages[name]?.key;
      stages[name] = key === undefined ? stage : { key, ...stage };
    }
    return { ...filed, stages };
  }

  function parsed(text: string): HistoricRun | undefined {
    const place = text.indexOf(PIPELINES);
    const rest = text.slice(place + PIPELINES.length);
    const shared = place === -1 ? undefined : known.get(rest);
    if (shared !== undefined) {
      const head: unknown = JSON.parse(`${text.slice(0, place)}}`);
      return isOurs(head) ? withPipelines(head, shared) : undefined;
    }
    const run: unknown = JSON.parse(text);
    if (!isOurs(run) || !hasPipelines(run)) return undefined;
    const pipelines = Object.fromEntries(
      Object.entries(run.pipelines).map(([name, one]) => [name, whole(one)]),
    );
    if (place !== -1) known.set(rest, pipelines);
    return withPipelines(run, pipelines);
  }

  return {
    run: (bytes) => orUndefined(() => parsed(new TextDecoder().decode(bytes))),
    piecesOf(bytes) {
      const run = orUndefined<unknown>(() =>
        JSON.parse(new TextDecoder().decode(bytes))
      );
      if (!hasPipelines(run)) return [];
      return Object.values(run.pipelines).flatMap(({ pieces = [] }) => pieces);
    },
  };
}

/** The stages of a piece, as if each had been reused. */
function readPiece(
  digest: Digest,
  bytes: Uint8Array | undefined,
): RunPipeline["stages"] {
  const isWhole = bytes !== undefined && digestOf(bytes) === digest;
  const piece: unknown = isWhole
    ? JSON.parse(new TextDecoder().decode(bytes))
    : undefined;
  if (!isPiece(piece)) throw new TypeError("Cannot read a piece of a run");
  const stages: Record<string, RunStage> = {};
  for (const [name, key] of Object.entries(piece)) {
    stages[name] = key === null
      ? { state: "reused" }
      : { key, state: "reused" };
  }
  return stages;
}

type Filed = Head & { readonly format: number };

function isOurs(value: unknown): value is Filed {
  return hasFormat(value) && isHead(value) &&
    (value.format === 1 || value.format === FORMAT);
}

function withPipelines(
  { format: _, ...head }: Filed,
  pipelines: HistoricRun["pipelines"],
): HistoricRun {
  return { ...head, pipelines };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
