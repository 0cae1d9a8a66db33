/**
 * The file in which a store keeps what was told of its runs. It is a copy, and
 * may be deleted.
 *
 * @module
 */
import type { Digest } from "../engine/define/hash.ts";
import {
  type Check,
  isDigest,
  isNumber,
  isString,
  listOf,
  nullOr,
  oneOf,
  optional,
  recordOf,
  shapeOf,
} from "../engine/define/shape.ts";
import { storeFiles } from "../engine/store/store_files.ts";
import type {
  MovedNumber,
  PastRun,
  RunChange,
} from "../reports/runs/past_run.ts";
import { isUnit } from "../reports/value/claim_summary.ts";

/** What is told of a run that has ended. */
export interface EndedRun {
  readonly id: string;
  readonly profile: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Names of its pipelines. */
  readonly pipelines: readonly string[];
  /** Names of those of which a stage ran. */
  readonly ran: readonly string[];
  /** Digest of what each pipeline had results of, where the run before had others. */
  readonly results: Readonly<Record<string, Digest>>;
  /** What the site tells of it, if something ran or failed and no more than a few did so since. */
  readonly past?: PastRun | undefined;
}

const FILE = "told.json";

/** Raised when something else is told of a run; a file of another version is not read. */
const FORMAT = 4;

const strings = listOf(isString);

const isPastRun = shapeOf<PastRun>({
  id: isString,
  started: isString,
  seconds: isNumber,
  profile: isString,
  commit: nullOr(isString),
  edited: optional(strings),
  device: isString,
  outcome: oneOf("finished", "not reproduced in full", "failed", "stopped"),
  pipelines: strings,
  stages: shapeOf({ ran: isNumber, reused: isNumber, failed: isNumber }),
  changes: listOf(shapeOf<RunChange>({
    pipeline: isString,
    stage: isString,
    causes: strings,
    numbers: listOf(shapeOf<MovedNumber>({
      what: isString,
      before: isNumber,
      after: isNumber,
      unit: optional(isUnit),
    })),
  })),
});

const isKept: Check<{ format: number; runs: readonly EndedRun[] }> = shapeOf({
  format: isNumber,
  runs: listOf(shapeOf<EndedRun>({
    id: isString,
    profile: isString,
    started: isString,
    pipelines: strings,
    ran: strings,
    results: recordOf(isDigest),
    past: optional(isPastRun),
  })),
});

/**
 * What was told, oldest first; nothing if one of those runs is gone, since what
 * came after it is to be compared with another.
 *
 * @param ids the runs that the store remembers
 */
export function readEndedRuns(
  store: string,
  ids: ReadonlySet<string>,
): readonly EndedRun[] {
  try {
    const bytes = storeFiles(store).readSmall(FILE);
    const kept: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isKept(kept) || kept.format !== FORMAT) return [];
    return kept.runs.every(({ id }) => ids.has(id)) ? kept.runs : [];
  } catch {
    return []; // as if nothing had been told
  }
}

/** Keeps what is told. A store that cannot be written is no error. */
export async function writeEndedRuns(
  store: string,
  runs: readonly EndedRun[],
): Promise<void> {
  const text = JSON.stringify({ format: FORMAT, runs });
  await storeFiles(store).write(FILE, new TextEncoder().encode(text))
    .catch(() => {});
}
