/**
 * The queue of a store: stages that wait for a worker, wherever it runs. A job
 * is a file that is written once; who runs it holds the lease of its key, and a
 * stage has succeeded when its record is in the store, whatever else is said.
 *
 * @module
 */
import { resolve } from "node:path";
import { type Digest, digestOf, digestOfJson } from "../../define/hash.ts";
import { jsonIn, readJson } from "../../define/json.ts";
import {
  type Check,
  isDigest,
  isNumber,
  isString,
  listOf,
  optional,
  recordOf,
  shapeOf,
} from "../../define/shape.ts";
import { digestOfKey, isKey, type Key } from "../../keys/key.ts";
import type { WorkedBy } from "../../store/historic_run.ts";
import { hasFormat } from "../../store/record_fields.ts";
import { type StoreFiles, storeFiles } from "../../store/store_files.ts";
import type {
  WorkerFailure,
  WorkerRequest,
} from "../workers/worker_protocol.ts";

/** Version of the files of a queue. */
const FORMAT = 1;

/** What the name of a job's file says, so that whoever chooses one need not open all. */
export interface JobName {
  /** Stages on the longest way from here to an output: those of more come first. */
  readonly height: number;
  /** Seconds that it took when it last ran; 0 if that is not known. */
  readonly seconds: number;
  /** Device that its key names; `any` if it names none. */
  readonly device: string;
  /** Those of one name may run as one job; `0` runs alone. */
  readonly group: string;
  /** {@linkcode checkoutOf} the folder of the run that wants it. */
  readonly checkout: string;
  readonly key: Digest;
}

/** What tells checkouts of the project apart in names of files: workers that were asked for run the code of theirs. */
export function checkoutOf(root: string): string {
  return digestOfJson("checkout", resolve(root)).slice(0, 12);
}

/** A stage that waits for a worker. */
export interface Job {
  /** Name of the stage. */
  readonly stage: string;
  readonly key: Key;
  /** The stage for an isolate; modules are named by their paths from the root of the project. */
  readonly request: WorkerRequest;
  /** Digest of the {@linkcode JobCode} that it runs with. */
  readonly code: Digest;
  /** How many stages of its group run as one job at most. */
  readonly most: number;
  /** Whether it runs though its record is there. */
  readonly replace: boolean;
}

/** The code of a run: all that its stages, and the isolates that run them, may load. */
export interface JobCode {
  /** Digest of the bytes of each file, by path from the root of the project. */
  readonly files: Readonly<Record<string, Digest>>;
  /** Paths of the code of isolates. */
  readonly own: readonly string[];
}

/** How a job ended. */
export interface JobEnd {
  readonly by: WorkedBy;
  /** What went wrong; nothing if the record is in the store. */
  readonly failure?: WorkerFailure | undefined;
  /** The artifact that it could not read, if that is what went wrong. */
  readonly damaged?:
    | { readonly digest: Digest; readonly state: string }
    | undefined;
}

/** What workers went through with a job that none has ended. */
export interface Toil {
  /** Seconds that they spent on it in vain, one number each: it was stopped, and no checkpoint was kept. */
  readonly vain: readonly number[];
  /** How many of them had died when the last checkpoint was kept. */
  readonly outlived: number;
}

const NO_TOIL: Toil = { vain: [], outlived: 0 };

/** The files of a queue. */
export interface QueueFiles {
  /** Jobs that nobody has ended, in the order in which they are to run. */
  jobs(): readonly JobName[];
  /**
   * Reads a job.
   *
   * @returns what is wrong, in words, if it cannot be understood; `undefined` if it is gone
   */
  job(name: JobName): Job | string | undefined;
  putJob(name: JobName, job: Job): Promise<void>;
  removeJob(name: JobName): Promise<void>;
  /** Keys of the jobs of which somebody said how they ended. */
  ended(): readonly Digest[];
  end(key: Digest): JobEnd | undefined;
  putEnd(key: Digest, end: JobEnd): Promise<void>;
  removeEnd(key: Digest): Promise<void>;
  toil(key: Digest): Toil;
  putToil(key: Digest, toil: Partial<Toil>): Promise<void>;
  removeToil(key: Digest): Promise<void>;
  /** Keeps bytes of code under their digest. */
  putCode(bytes: Uint8Array): Promise<Digest>;
  /** Whether such bytes are there, as they were put: a power cut may have emptied their file. */
  hasCode(digest: Digest): boolean;
  /** Path of the file of such bytes. */
  pathOfCode(digest: Digest): string;
  /** The code of a run; `undefined` if it is not there, or not whole. */
  code(digest: Digest): JobCode | undefined;
}

/** Greater than any height: so that names in order are in the order of jobs. */
const MOST_HEIGHT = 999_999;

function nameOf(
  { height, seconds, device, group, checkout, key }: JobName,
): string {
  const rank = `${MOST_HEIGHT - Math.min(height, MOST_HEIGHT)}`;
  return `${rank.padStart(6, "0")}.${
    Math.ceil(seconds)
  }.${device}.${group}.${checkout}.${key}.json`;
}

function parsedName(name: string): JobName | undefined {
  const found =
    /^(\d{6})\.(\d{1,9})\.([\w-]+)\.([\w-]+)\.([\w-]+)\.([0-9a-f]{64})\.json$/
      .exec(name);
  if (found === null) return undefined;
  const [, rank, seconds, device = "", group = "", checkout = "", key = ""] =
    found;
  const height = MOST_HEIGHT - Number(rank);
  return { height, seconds: Number(seconds), device, group, checkout, key };
}

const isExport = shapeOf({ module: isString, name: isString });

const isRequest: Check<WorkerRequest> = shapeOf<WorkerRequest>({
  stage: isString,
  task: isExport,
  args: (_: unknown): _ is unknown => true,
  inputs: recordOf(shapeOf({ digest: isDigest, codec: isExport })),
  definitions: recordOf(isExport),
  environment: recordOf(isString),
});

/** A job as its file has it: many share the code in their keys. */
interface FiledJob extends Omit<Job, "key"> {
  readonly key: Omit<Key, "code">;
  /** Digest of the code in its key, as JSON. */
  readonly keyCode: Digest;
}

const isJob: Check<FiledJob> = shapeOf<FiledJob>({
  stage: isString,
  key: (value): value is Omit<Key, "code"> =>
    isKey({ ...Object(value), code: {} }),
  keyCode: isDigest,
  request: isRequest,
  code: isDigest,
  most: isNumber,
  replace: (value): value is boolean => typeof value === "boolean",
});

const isJobCode: Check<JobCode> = shapeOf<JobCode>({
  files: recordOf(isDigest),
  own: listOf(isString),
});

const isFailure: Check<WorkerFailure> = shapeOf<WorkerFailure>({
  name: isString,
  message: isString,
  stack: optional(isString),
  cause: (value): value is WorkerFailure | undefined =>
    value === undefined || isFailure(value),
  silence: optional(isString),
});

const isToil: Check<Toil> = shapeOf<Toil>({
  vain: listOf(isNumber),
  outlived: isNumber,
});

const isEnd: Check<JobEnd> = shapeOf<JobEnd>({
  by: recordOf(isString),
  failure: optional(isFailure),
  damaged: optional(shapeOf({ digest: isDigest, state: isString })),
});

/** The queue of the store in a folder. */
export function queueFiles(folder: string): QueueFiles {
  const files: StoreFiles = storeFiles(folder);
  const shared = new Map<Digest, unknown>();
  /** Code that was found whole, or put, by this process: it is read once. */
  const whole = new Set<Digest>();
  const pathOfJob = (name: JobName) => `queue/jobs/${nameOf(name)}`;
  const pathOfEnd = (key: Digest) => `queue/ended/${key}.json`;
  const pathOfToil = (key: Digest) => `queue/toil/${key}.json`;
  const codePath = (digest: Digest) => `queue/code/${digest}`;

  /** The JSON under a digest: what many jobs share is read once. */
  function sharedJson(digest: Digest): unknown {
    if (!shared.has(digest)) {
      const bytes = files.readSmall(codePath(digest));
      if (bytes === undefined || digestOf(bytes) !== digest) return undefined;
      shared.set(digest, jsonIn(bytes));
    }
    return shared.get(digest);
  }

  function hasCode(digest: Digest): boolean {
    const path = codePath(digest);
    if (whole.has(digest)) return files.sizeOf(path) !== undefined;
    const bytes = files.readSmall(path);
    if (bytes === undefined || digestOf(bytes) !== digest) return false;
    whole.add(digest);
    return true;
  }

  async function putCode(bytes: Uint8Array): Promise<Digest> {
    const digest = digestOf(bytes);
    if (!hasCode(digest)) {
      await files.remove(codePath(digest));
      await files.create(codePath(digest), bytes);
      whole.add(digest);
    }
    return digest;
  }

  return {
    jobs: () =>
      files.list("queue/jobs").flatMap((name) => parsedName(name) ?? []),

    job(name) {
      const bytes = files.readSmall(pathOfJob(name));
      if (bytes === undefined) return undefined;
      const filed = parsedSigned(bytes);
      if (!hasFormat(filed)) return "it is damaged";
      if (filed.format !== FORMAT) {
        return `it has format ${filed.format} and this version reads ${FORMAT}`;
      }
      if (!isJob(filed)) return "it is damaged";
      const key = { ...filed.key, code: sharedJson(filed.keyCode) };
      if (!isKey(key)) return "its code is not in the queue";
      const { stage, request, code, most, replace } = filed;
      if (digestOfKey(key) !== name.key) return "it is damaged";
      return { stage, key, request, code, most, replace };
    },

    async putJob(name, { key: { code, ...key }, ...job }) {
      const keyCode = await putCode(bytesOf(code));
      const filed = { format: FORMAT, ...job, key, keyCode };
      await files.create(pathOfJob(name), signedBytesOf(filed));
    },

    removeJob: (name) => files.remove(pathOfJob(name)),

    ended: () =>
      files.list("queue/ended").flatMap((name) =>
        /^([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? []
      ),

    end(key) {
      const bytes = files.readSmall(pathOfEnd(key));
      return bytes && readJson(bytes, isEnd);
    },

    putEnd: (key, end) => files.write(pathOfEnd(key), bytesOf(end)),
    removeEnd: (key) => files.remove(pathOfEnd(key)),

    toil(key) {
      const bytes = files.readSmall(pathOfToil(key));
      return bytes && readJson(bytes, isToil) || NO_TOIL;
    },

    putToil: (key, toil) =>
      files.write(pathOfToil(key), bytesOf({ ...NO_TOIL, ...toil })),
    removeToil: (key) => files.remove(pathOfToil(key)),
    putCode,
    hasCode,
    pathOfCode: (digest) => `${folder}/${codePath(digest)}`,

    code(digest) {
      const code = sharedJson(digest);
      return isJobCode(code) ? code : undefined;
    },
  };
}

/** JSON after a line with its digest: arguments that were damaged would give another result under the same key. */
function signedBytesOf(value: unknown): Uint8Array {
  const json = JSON.stringify(value);
  const digest = digestOf(new TextEncoder().encode(json));
  return new TextEncoder().encode(`${digest}\n${json}`);
}

function parsedSigned(bytes: Uint8Array): unknown {
  const end = bytes.indexOf(NEWLINE);
  const json = bytes.subarray(end + 1);
  const digest = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end)));
  return digestOf(json) === digest ? jsonIn(json) : undefined;
}

const NEWLINE = 10;

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
