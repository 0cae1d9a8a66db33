/**
 * Crews: stages that run as one job.
 *
 * @module
 */

/** The stages of one job. Most stages are a crew of one. */
export interface Crew<Work, Result> {
  /**
   * Brings the work of one member. When all that have not left have brought
   * theirs, `start` is called with all of it, in the order in which it was
   * brought, and each gets its result.
   */
  bring(
    work: Work,
    start: (
      all: readonly Work[],
    ) => Promise<readonly PromiseSettledResult<Result>[]>,
  ): Promise<Result>;
  /** Says that a member is done, or will bring nothing. To be called once by each. */
  leave(): void;
}

/**
 * A crew of `size` members.
 *
 * @param onEmpty called when all have left
 */
export function newCrew<Work, Result>(
  size: number,
  onEmpty: () => void = () => {},
): Crew<Work, Result> {
  type Start = Parameters<Crew<Work, Result>["bring"]>[1];
  const brought: (PromiseWithResolvers<Result> & { readonly work: Work })[] =
    [];
  let present = size;
  let start: Start | undefined;
  let isStarted = false;

  function startIfAllAreHere(): void {
    if (isStarted || start === undefined || brought.length < present) return;
    isStarted = true;
    start(brought.map(({ work }) => work)).then(
      (results) => {
        for (const [i, { resolve, reject }] of brought.entries()) {
          const result = results[i] as PromiseSettledResult<Result>;
          if (result.status === "fulfilled") resolve(result.value);
          else reject(result.reason);
        }
      },
      (error) => brought.forEach(({ reject }) => reject(error)),
    );
  }

  return {
    bring(work, begin) {
      const waiting = Promise.withResolvers<Result>();
      brought.push({ work, ...waiting });
      start = begin;
      startIfAllAreHere();
      return waiting.promise;
    },
    leave() {
      present--;
      startIfAllAreHere();
      if (present === 0) onEmpty();
    },
  };
}
