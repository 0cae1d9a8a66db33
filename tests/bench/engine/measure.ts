/** How long a process takes, and how much memory. */

/** A command, and the folder that it runs in. */
export interface Runnable {
  readonly command: readonly string[];
  readonly folder?: string;
}

function start({ command, folder }: Runnable): Deno.ChildProcess {
  const [name = "", ...args] = command;
  return new Deno.Command(name, {
    args,
    ...(folder === undefined ? {} : { cwd: folder }),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

async function end(process: Deno.ChildProcess): Promise<void> {
  const { success, stderr } = await process.output();
  if (success) return;
  throw new Error(`Cannot measure: ${new TextDecoder().decode(stderr)}`);
}

/** Seconds from the start of a process to its exit, which must be a success. */
export async function timeOf(runnable: Runnable): Promise<number> {
  const before = performance.now();
  await end(start(runnable));
  return (performance.now() - before) / 1000;
}

/** Past the time in which a file that has just changed is read again. */
const SETTLE_MILLISECONDS = 2500;

/** Waits until what has just been written counts as old. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
}

/** The median of some measurements, one after the other. */
export async function medianOf(
  runs: number,
  measure: () => Promise<number>,
): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < runs; run++) values.push(await measure());
  return median(values);
}

/** The median of some values; NaN if there are none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** The events that a run writes with `--json`, one a line. */
export async function eventsOf(
  command: readonly string[],
): Promise<readonly { readonly kind: string; readonly at: string }[]> {
  const [name = "", ...args] = command;
  const { stdout } = await new Deno.Command(name, { args }).output();
  return new TextDecoder().decode(stdout).trim().split("\n")
    .map((line) => JSON.parse(line));
}

/** In a second, as Linux counts time in `/proc` on every machine that Deno runs on. */
const TICKS = 100;

/** Seconds of processor time that processes started from here have taken, once they have ended. */
async function processorSeconds(): Promise<number> {
  const text = await Deno.readTextFile("/proc/self/stat");
  // The name of the program, in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [user, system] = fields.slice(13, 15); // cutime and cstime, proc(5)
  return (Number(user) + Number(system)) / TICKS;
}

/**
 * The median of the time that a process takes, `NAME_s`, and the mean of what
 * it takes of processors, `NAME_cpu_s`, which other work on the machine leaves
 * nearly as it is.
 */
export async function medianCost(
  name: string,
  { runs, runnable }: { readonly runs: number; readonly runnable: Runnable },
): Promise<Readonly<Record<string, number>>> {
  const before = await processorSeconds();
  const seconds = await medianOf(runs, () => timeOf(runnable));
  return {
    [`${name}_s`]: seconds,
    [`${name}_cpu_s`]: (await processorSeconds() - before) / runs,
  };
}

/** The most memory that a process ever held at once, as the kernel counts it. */
export async function peakMegabytes(
  command: readonly string[],
): Promise<number> {
  const process = start({ command });
  const peak = watchPeak(process);
  await end(process);
  return peak.end();
}

/** What a process took, from its start to its end, and its exit code. */
export interface Cost {
  readonly code: number;
  readonly seconds: number;
  /** Of all processors together. */
  readonly processorSeconds: number;
  /** The most memory that it held at once. */
  readonly megabytes: number;
}

/** Runs a command in a folder, and shows what it says. */
export async function costOf(
  [name = "", ...args]: readonly string[],
  { folder }: { readonly folder: string },
): Promise<Cost> {
  const [began, before] = [performance.now(), await processorSeconds()];
  const process = new Deno.Command(name, { args, cwd: folder }).spawn();
  const peak = watchPeak(process);
  const { code } = await process.status;
  return {
    code,
    seconds: (performance.now() - began) / 1000,
    processorSeconds: await processorSeconds() - before,
    megabytes: peak.end(),
  };
}

/** Follows the most memory that a process holds. */
function watchPeak(
  { pid }: { readonly pid: number },
): { readonly end: () => number } {
  let peak = 0;
  const timer = setInterval(() => {
    try {
      const status = Deno.readTextFileSync(`/proc/${pid}/status`);
      const found = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      peak = Math.max(peak, Number(found ?? 0) * 1024 / 1e6);
    } catch {
      // it has just ended
    }
  }, 2);
  return {
    end() {
      clearInterval(timer);
      return peak;
    },
  };
}
