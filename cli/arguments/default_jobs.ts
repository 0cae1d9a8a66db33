/**
 * Memory that one stage may need: a network in training beside 50,000 images
 * takes about 1 GB.
 */
const BYTES_PER_JOB = 1.2 * 2 ** 30;

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

/** Free memory in bytes; `undefined` where Deno may not ask. */
export function availableMemory(): number | undefined {
  try {
    return Deno.systemMemoryInfo().available;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
