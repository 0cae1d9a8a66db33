/**
 * Slurm's commands, as a function: the real one, and what a test puts in its
 * place.
 *
 * @module
 */

/** The commands of Slurm that are used here. */
export const SLURM_PROGRAMS = [
  "sbatch",
  "squeue",
  "sacct",
  "scontrol",
  "scancel",
] as const;

/** One of them. */
export type SlurmProgram = typeof SLURM_PROGRAMS[number];

/** What a command said. */
export interface SlurmAnswer {
  /** Its exit code; -1 if it gave no answer in time, or a signal ended it. */
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs a command of Slurm. Whatever it says is returned.
 *
 * @throws {Error} if there is no such command
 */
export type RunSlurm = (
  program: SlurmProgram,
  args: readonly string[],
) => Promise<SlurmAnswer>;

/** A controller under load may take long; a command that hangs must not hang the run. */
const LIMIT_MILLISECONDS = 60_000;

/**
 * What a command is told of the environment. Not all of it: inside a job Slurm's
 * own variables describe that job, and would shape those that it submits; and
 * Deno starts nothing under an `LD_LIBRARY_PATH` that it was not allowed to.
 */
export const VARIABLES = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "LANG",
  "DENO_DIR",
  "SHIFTLINE_MIRROR",
  "SLURM_CONF",
  "SLURM_CLUSTERS",
  "SBATCH_ACCOUNT",
  "SBATCH_PARTITION",
  "SBATCH_QOS",
  "SBATCH_RESERVATION",
  "SBATCH_CONSTRAINT",
] as const;

/** What a command is told of the environment of this process. */
export function slurmVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    VARIABLES.flatMap((name) => {
      const value = variable(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Slurm's own commands, which are told these variables alone. */
export function slurmCommands(
  env: Readonly<Record<string, string>>,
  { limit = LIMIT_MILLISECONDS }: {
    /** A command that gives no answer within so many milliseconds is ended. */
    readonly limit?: number;
  } = {},
): RunSlurm {
  return async (program, args) => {
    const child = start(program, { args, env });
    const said = { out: "", error: "" };
    const end = new AbortController();
    const { signal } = end;
    const timer = setTimeout(() => end.abort(), limit);
    let code: number | undefined;
    // One that a signal has ended gave no answer: what it asked for may be done.
    const ended = child.status.then(({ code: own, signal }) =>
      code = signal === null ? own : -1
    );
    const read = (what: keyof typeof said, text: typeof child.stdout) =>
      text.pipeThrough(new TextDecoderStream()).pipeTo(
        new WritableStream({ write: (part) => void (said[what] += part) }),
        { signal },
      );
    try {
      await Promise.all([
        read("out", child.stdout),
        read("error", child.stderr),
      ]);
      return { code: await ended, ...said };
    } catch (error) {
      if (!signal.aborted) throw error;
      // What it has left behind may hold on to its output.
      if (code !== undefined) return { code, ...said };
      child.kill("SIGKILL");
      const late = `${program} gave no answer within ${limit / 1000} s`;
      const reason = reasonIn({ code: -1, out: "", error: said.error });
      const more = said.error.trim() === "" ? "" : `: ${reason}`;
      return { code: -1, out: said.out, error: late + more };
    } finally {
      clearTimeout(timer);
    }
  };
}

function start(
  program: SlurmProgram,
  { args, env }: {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  },
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    throw cannotRun(program, error);
  }
}

function cannotRun(program: string, error: unknown): Error {
  const options = { cause: error };
  if (error instanceof Deno.errors.NotFound) {
    return new Error(
      `Cannot use Slurm: there is no ${program} on this machine; run on a machine of the cluster, or leave out --executor`,
      options,
    );
  }
  return new Error(
    `Cannot use Slurm: Deno may not run ${program}; use the task in deno.json, which names it`,
    options,
  );
}

function variable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch {
    return undefined;
  }
}

/** The last thing that a command said, without the name of the command: Slurm's reason. A limit of an account is named before it. */
export function reasonIn({ error, out }: SlurmAnswer): string {
  const lines = (text: string) =>
    text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const last = lines(`${out}\n${error}`)
    .findLast((line) => /error|failure|fail/i.test(line)) ??
    lines(error).at(-1) ?? "no reason given";
  const reason = last.replace(/^\w+: (error: )?/, "")
    .replace(/^Batch job submission failed: /, "")
    .replace(/^allocation failure: /, "");
  const limit = /^\w+: error: ((?:Assoc|QOS)\w+)$/m.exec(error)?.[1];
  return limit === undefined || limit === reason
    ? reason
    : `${limit}: ${reason}`;
}
