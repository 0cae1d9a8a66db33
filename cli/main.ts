/**
 * Entry of the command line: the only module that knows the real arguments,
 * streams and signals.
 *
 * @module
 */
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import config from "../deno.json" with { type: "json" };
import { folderState } from "../engine/define/folder_state.ts";
import { later } from "../engine/define/later.ts";
import { messageOf } from "../engine/define/message_of.ts";
import { SLURM_PROGRAMS } from "../engine/run/slurm/slurm_command.ts";
import { SHOW_CURSOR } from "./display/line.ts";
import { EXIT, runCommand } from "./run_command.ts";
import type { Output, Registry, Shell } from "./shell/shell.ts";
import { V8_FLAGS } from "./shell/v8_flags.ts";
import type { RenderSite } from "../publishing/site_sources.ts";

/** What a program is made of. */
export interface Program {
  /** Folder with deno.json. */
  readonly root: string;
  readonly version: string;
  /** Words after `deno` that start it in a process of its own. */
  readonly again?: readonly string[];
  registry(): Promise<Registry>;
  site(): Promise<RenderSite>;
  /** URL of the module that `site` is from. */
  readonly siteModule?: string;
}

/**
 * Within this time a second signal is the same press of Ctrl-C: the terminal
 * sends it to everybody, and `deno task` passes on its own.
 */
const ONE_PRESS_MILLISECONDS = 300;

const pipelines = later<typeof import("../pipelines/registry.ts")>(
  import.meta.resolve("../pipelines/registry.ts"),
);
const reports = later<typeof import("../reports/site/site.ts")>(
  import.meta.resolve("../reports/site/site.ts"),
);

// What seventy modules of the pipelines name. For each module that an import at
// run time brings in, Deno searches node_modules for the packages that no import
// before has loaded: loaded first, this one is searched for once.
const SCHEMAS = "zod";

/** Folder of the project. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Memory that one stage may need: a network in training beside 50,000 images
 * takes about 1 GB.
 */
const BYTES_PER_JOB = 1.2 * 2 ** 30;

const DOWNLOAD =
  "Installing the packages: Deno downloads them once, which may take a few minutes\n";

const ON_WINDOWS =
  "Cannot run on Windows: paths and locks of files are those of Linux and macOS here; run it in WSL 2\n";

/** Runs the command of this process and ends the process. */
export async function main(program: Program): Promise<never> {
  // Packages print greetings; the standard output is for results alone.
  Object.assign(console, {
    log: console.error.bind(console),
    info: console.error.bind(console),
    debug: console.error.bind(console),
  });
  const { stop, ...stopping } = signals(() => {
    if (stdout.isTerminal) stdout.write(SHOW_CURSOR);
    Deno.exit(EXIT.interrupted);
  });
  let lost: unknown;
  const of = {
    terminal: environmentVariable("TERM"),
    onLost(error: unknown) {
      lost ??= error;
      stop(); // in good order: what runs says in the store how it ended
    },
  };
  const stdout = outputOf(Deno.stdout, of);
  const stderr = outputOf(Deno.stderr, of);
  if (Deno.build.os === "windows") {
    stderr.write(ON_WINDOWS);
    Deno.exit(EXIT.failed);
  }
  // The tasks have Deno keep quiet (-q), on its downloads as well.
  if (!await exists(join(program.root, "node_modules"))) stderr.write(DOWNLOAD);
  const code = await runCommand({
    again: [
      ...["run", "-q", "--no-prompt", V8_FLAGS, "-P"],
      fileURLToPath(Deno.mainModule),
    ],
    ...program,
    args: Deno.args,
    folder: Deno.cwd(),
    mirror: environmentVariable("SHIFTLINE_MIRROR"),
    jobs: defaultJobs({
      cores: navigator.hardwareConcurrency,
      availableBytes: availableMemory(),
    }),
    stdout,
    stderr,
    ...stopping,
    job: schedulerJob(),
    node: environmentVariable("SLURMD_NODENAME"),
    clock: Date.now,
  });
  if (lost === undefined) Deno.exit(code);
  // Whoever read this has gone, as `head` does: there is nobody to tell.
  if (!(lost instanceof Deno.errors.BrokenPipe)) {
    const state = folderState(lost, {}) ?? messageOf(lost);
    stderr.write(`Cannot write what this command prints: ${state}\n`);
  }
  Deno.exit(EXIT.failed);
}

/**
 * How many stages run at once unless told otherwise: one a processor core, and
 * fewer where that would not fit in memory.
 *
 * @param availableBytes free memory, or `undefined` where it is not known
 */
export function defaultJobs(
  { cores, availableBytes }: {
    readonly cores: number;
    readonly availableBytes: number | undefined;
  },
): number {
  if (availableBytes === undefined) return cores;
  return Math.max(
    1,
    Math.min(cores, Math.floor(availableBytes / BYTES_PER_JOB)),
  );
}

/** Free memory in bytes, of what the job or the container that this runs in may have; `undefined` where Deno may not ask. */
export function availableMemory(): number | undefined {
  try {
    const { available } = Deno.systemMemoryInfo();
    return Math.min(available, process.constrainedMemory() || Infinity);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** A signal raised by the first Ctrl-C or SIGTERM, or by `stop`; the second calls `giveUp`. `softStop` takes SIGTERM from it. */
function signals(
  giveUp: () => never,
): Pick<Shell, "signal" | "softStop"> & { stop(): void } {
  const controller = new AbortController();
  let first: number | undefined;
  const press = () => {
    const now = performance.now();
    first ??= now;
    if (!controller.signal.aborted) controller.abort();
    else if (now - first > ONE_PRESS_MILLISECONDS) giveUp();
  };
  Deno.addSignalListener("SIGINT", press);
  Deno.addSignalListener("SIGTERM", press);
  return {
    signal: controller.signal,
    stop: () => controller.abort(),
    softStop() {
      const soft = new AbortController();
      Deno.removeSignalListener("SIGTERM", press);
      for (const name of ["SIGTERM", "SIGUSR2"] as const) {
        Deno.addSignalListener(name, () => soft.abort(name));
      }
      return soft.signal;
    },
  };
}

/** The job of Slurm that this process runs in. */
function schedulerJob(): string | undefined {
  const of = (name: string) => environmentVariable(`SLURM_${name}`);
  const [array, task] = [of("ARRAY_JOB_ID"), of("ARRAY_TASK_ID")];
  return array === undefined || task === undefined
    ? of("JOB_ID")
    : `${array}_${task}`;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The value of a variable, if there is one and Deno may read it. */
function environmentVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** Between two attempts at a stream that takes nothing now. */
const FULL_MILLISECONDS = 5;

/**
 * A stream of this process.
 *
 * @param options.terminal what TERM says; "dumb", as editors do, is one that does nothing but show lines
 * @param options.onLost called once if the stream cannot be written; what is written to it from then on goes nowhere
 */
export function outputOf(
  stream: Pick<typeof Deno.stdout, "isTerminal" | "writeSync">,
  { terminal, onLost }: {
    readonly terminal?: string | undefined;
    readonly onLost: (error: unknown) => void;
  },
): Output {
  const isTerminal = stream.isTerminal() && terminal !== "dumb";
  let isLost = false;
  return {
    isTerminal,
    colour: isTerminal && !Deno.noColor,
    size() {
      if (!isTerminal) return { columns: 100, rows: 25 };
      const { columns, rows } = sizeOfTerminal();
      return { columns: columns || 80, rows: rows || 24 };
    },
    write(content) {
      const bytes = typeof content === "string"
        ? new TextEncoder().encode(content)
        : content;
      for (let start = 0; start < bytes.length && !isLost;) {
        try {
          start += stream.writeSync(bytes.subarray(start));
        } catch (error) {
          // Whoever has the other end may have made it one that does not wait.
          if (error instanceof Deno.errors.WouldBlock) sleep(FULL_MILLISECONDS);
          else {
            isLost = true;
            onLost(error);
          }
        }
      }
    },
  };
}

/** What the terminal says; 0 of one that nobody has told its size, or that was closed. */
function sizeOfTerminal(): ReturnType<typeof Deno.consoleSize> {
  try {
    return Deno.consoleSize();
  } catch {
    return { columns: 0, rows: 0 }; // whoever writes to it hears why
  }
}

/** Waits, as a write to a stream that is full does. */
function sleep(milliseconds: number): void {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(nothing, 0, 0, milliseconds);
}

if (import.meta.main) {
  await main({
    root: ROOT,
    version: config.version,
    registry: async () => {
      // What pipelines bring along is the code of others: it starts no program.
      for (const command of SLURM_PROGRAMS) {
        Deno.permissions.revokeSync({ name: "run", command });
      }
      await import(SCHEMAS);
      try {
        return await pipelines();
      } catch (error) {
        const { loadError } = await import("./display/error_lines.ts");
        throw loadError(error, { root: ROOT });
      }
    },
    site: async () => (await reports()).site,
    siteModule: import.meta.resolve("../reports/site/site.ts"),
  });
}
