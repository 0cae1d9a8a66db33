/**
 * Pools: what kinds of workers Slurm is asked for. They are read from a file
 * whose every mistake is named by its pool and field.
 *
 * @module
 */
import { isNumber, isString, listOf } from "../../define/shape.ts";

/** A kind of worker, and how many of it there may be. */
export interface Pool {
  /** What it is called in the file and on the screen. */
  readonly name: string;
  /** Slurm's partition; its default one if left out. */
  readonly partition?: string;
  /** Generic resources as sbatch takes them, such as `gpu:1`. */
  readonly gres?: string;
  /** Features of nodes as sbatch takes them, such as `a100|h100`. */
  readonly constraint?: string;
  /** How long a worker may stay, in seconds. */
  readonly seconds: number;
  /** Memory of a worker as sbatch takes it, such as `16G`; the partition's default if left out. */
  readonly memory?: string;
  /** Processors of a worker. */
  readonly cpus: number;
  /** How many stages a worker runs at once: on a GPU, networks that share the card. */
  readonly jobs: number;
  /** What its stages compute on, as `--device` has it; what the run says if left out. */
  readonly device?: string;
  /** How many workers there may be at once. */
  readonly workers: number;
  /** A worker that finds nothing to do for so many seconds leaves. */
  readonly idle: number;
  /** Lines of shell before the worker starts, such as `module load vulkan`. */
  readonly setup: readonly string[];
  /** More words for sbatch. */
  readonly extra: readonly string[];
}

/** What is asked for where no file says otherwise. */
export const DEFAULT_POOL: Pool = {
  name: "workers",
  seconds: 4 * 3600,
  memory: "6G",
  cpus: 4,
  jobs: 4,
  workers: 16,
  idle: 60,
  setup: [],
  extra: [],
};

/** Name of the pool of a job that is a run, and no worker. */
export const RUN_POOL = "run";

/** A worker is warned so many seconds before its time is over. */
export const NOTICE_SECONDS = 120;

interface Field {
  /** What can stand there, in words. */
  readonly what: string;
  readonly check: (value: unknown) => boolean;
}

const wholeFrom = (min: number): Field => ({
  what: `a whole number from ${min} up`,
  check: (value) => isNumber(value) && Number.isInteger(value) && value >= min,
});

const word = (example: string): Field => ({
  what: `text without spaces, such as "${example}"`,
  check: (value) => isString(value) && /^[^\s"'\\]+$/.test(value),
});

const lines = (example: string): Field => ({
  what: `a list of texts, such as ["${example}"]`,
  check: listOf(isString),
});

const FIELDS: Readonly<Record<string, Field>> = {
  partition: word("short"),
  gres: word("gpu:1"),
  constraint: word("a100|h100"),
  time: {
    what:
      `a time of five minutes or more as sbatch has it, such as "4:00:00" or "1-0"`,
    check: (value) => isString(value) && (secondsOf(value) ?? 0) >= 300,
  },
  memory: {
    what: `a size as sbatch has it, such as "16G"`,
    check: (value) => isString(value) && /^[1-9]\d*[KMGT]?$/.test(value),
  },
  cpus: wholeFrom(1),
  jobs: wholeFrom(1),
  device: word("webgpu"),
  workers: wholeFrom(1),
  idle: wholeFrom(1),
  setup: lines("module load vulkan"),
  extra: lines("--qos=long"),
};

/**
 * The pools of a file: an object with a pool under each name. `jobs` is `cpus`
 * unless it is given.
 *
 * @returns the pools, or all that is wrong with the text, a line each
 */
export function readPools(
  text: string,
): { readonly pools: readonly Pool[] } | { readonly wrong: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { wrong: [`it is not JSON: ${(error as Error).message}`] };
  }
  if (!isObject(json) || Object.keys(json).length === 0) {
    return {
      wrong: [
        `it is not an object with a pool under each name, such as ${EXAMPLE}`,
      ],
    };
  }
  const entries = Object.entries(json);
  const wrong = entries.flatMap(([name, pool]) => mistakesIn(name, pool));
  if (wrong.length > 0) return { wrong };
  return { pools: entries.map(([name, pool]) => poolOf(name, pool as Given)) };
}

const EXAMPLE = `{ "cpu": { "partition": "short", "cpus": 8 } }`;

type Given = Readonly<Partial<Omit<Pool, "name" | "seconds">>> & {
  readonly time?: string;
};

function poolOf(name: string, { time, ...given }: Given): Pool {
  const { memory: _, ...rest } = DEFAULT_POOL;
  const cpus = given.cpus ?? DEFAULT_POOL.cpus;
  return {
    ...rest,
    jobs: cpus,
    ...given,
    name,
    cpus,
    seconds: secondsOf(time ?? "") ?? DEFAULT_POOL.seconds,
  };
}

function mistakesIn(name: string, pool: unknown): readonly string[] {
  if (!/^[\w.-]+$/.test(name)) {
    return [
      `pool "${name}": a name has only letters, digits, dots, dashes and underscores`,
    ];
  }
  if (name === RUN_POOL) {
    return [
      `pool "${name}": runs that go on as jobs have that name; take another`,
    ];
  }
  if (!isObject(pool)) return [`pool "${name}" is not an object with fields`];
  return Object.entries(pool).flatMap(([field, value]) => {
    const known = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
    if (known === undefined) {
      const names = Object.keys(FIELDS).join(", ");
      return [`pool "${name}" has no field "${field}"; it may have ${names}`];
    }
    if (known.check(value)) return [];
    return [
      `"${field}" of pool "${name}" is ${
        JSON.stringify(value)
      }, but must be ${known.what}`,
    ];
  });
}

/** Seconds of a time as sbatch has it: M, M:S, H:M:S, D-H, D-H:M or D-H:M:S; `undefined` if it is none. */
export function secondsOf(time: string): number | undefined {
  const match = /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/.exec(time);
  if (match === null) return undefined;
  const [days, a, b, c] = match.slice(1).map((part) =>
    part === undefined ? undefined : Number(part)
  );
  if (a === undefined) return undefined;
  const [hours, minutes, seconds] = days !== undefined
    ? [a, b ?? 0, c ?? 0]
    : c !== undefined
    ? [a, b ?? 0, c]
    : [0, a, b ?? 0];
  return ((days ?? 0) * 24 + hours) * 3600 + minutes * 60 + seconds;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
