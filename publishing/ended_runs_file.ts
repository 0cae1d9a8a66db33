/**
 * The file in which a store has its ended runs, in what the site says of them.
 * It is a copy, and may be deleted.
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

/** A run that has ended, as far as sites need it. */
export interface EndedRun {
  readonly id: string;
  readonly profile: string;
  /** When it started: ISO 8601, UTC. */
  readonly started: string;
  /** Names of its pipelines. */
  readonly pipelines: readonly string[];
  /** Names of the pipelines of which a stage ran. */
  readonly ran: readonly string[];
  /** Digest of the results of each pipeline, where the run before had others. */
  readonly results: Readonly<Record<string, Digest>>;
  /** What the site says of it, if something ran or failed in it and it is among the newest such runs. */
  readonly past?: PastRun | undefined;
}

const FILE = "ended_runs.json";

/** Raised when an ended run is made otherwise; a file of another version is not read. */
const FORMAT = 7;

const strings = listOf(isString);

const isPastRun = shapeOf<PastRun>({
  id: isString,
  started: isString,
  seconds: isNumber,
  profile: isString,
  commit: nullOr(isString),
  edited: optional(strings),
  device: isString,
  outcome: oneOf("finished", "without published files", "failed", "stopped"),
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

const isContent: Check<{ format: number; runs: readonly EndedRun[] }> = shapeOf(
  {
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
  },
);

/**
 * The ended runs in the file, oldest first; none if the store no longer
 * remembers one of them, since the next after it is to be compared with another.
 *
 * @param ids the runs that the store remembers
 */
export function readEndedRuns(
  store: string,
  ids: ReadonlySet<string>,
): readonly EndedRun[] {
  try {
    const bytes = storeFiles(store).readSmall(FILE);
    const content: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isContent(content) || content.format !== FORMAT) return [];
    return content.runs.every(({ id }) => ids.has(id)) ? content.runs : [];
  } catch {
    return []; // as if there were no file
  }
}

/** Replaces the runs in the file. A store that cannot be written is no error. */
export async function writeEndedRuns(
  store: string,
  runs: readonly EndedRun[],
): Promise<void> {
  const text = JSON.stringify({ format: FORMAT, runs });
  await storeFiles(store).write(FILE, new TextEncoder().encode(text))
    .catch(() => {});
}
