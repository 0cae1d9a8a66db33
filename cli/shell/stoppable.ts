/** The run was stopped by Ctrl-C or the like. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("Cannot continue: interrupted");
  }
}

/**
 * The outcome of some work, or `Interrupted` when a signal is raised: as soon
 * as the work ends by itself, but after `grace` at the latest. What is left
 * running then ends with the process; the store can bear that.
 *
 * @param grace milliseconds
 */
export async function stoppable<T>(
  work: Promise<T>,
  { signal, grace }: { readonly signal: AbortSignal; readonly grace: number },
): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    timer = setTimeout(() => reject(new Interrupted()), grace);
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    work.catch(() => {}); // its end comes too late for anybody to hear of it
  }
}
