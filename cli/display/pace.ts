/**
 * How fast stages of a kind work, and how long others of that kind take by it:
 * trainings in proportion to their image-steps, any other stage as long as the
 * mean.
 *
 * @module
 */
import type { StageWork } from "./image_steps.ts";

/** The work that some stages have done, in image-steps or as their number, and the time that it took. */
export interface Pace {
  readonly work: number;
  readonly seconds: number;
}

/** Paces by what stages are alike in, and by their task. */
export type Paces = ReadonlyMap<string, Pace>;

const NOTHING: Pace = { work: 0, seconds: 0 };

/** How much a stage has to do; NaN for a training of which that cannot be told. */
export function amountOf({ imageSteps = 1 }: StageWork): number {
  return imageSteps;
}

/** Paces from what stages have done; one of which the amount cannot be told is left out. */
export function pacesOf(
  done: Iterable<readonly [stage: StageWork, done: Pace]>,
): Paces {
  const paces = new Map<string, Pace>();
  for (const [{ alike, task }, { work, seconds }] of done) {
    if (!(work > 0)) continue;
    for (const kind of new Set([alike, task])) {
      const sum = paces.get(kind) ?? NOTHING;
      paces.set(kind, {
        work: sum.work + work,
        seconds: sum.seconds + seconds,
      });
    }
  }
  return paces;
}

/** Seconds that a stage takes by the pace of others like it; `undefined` if there is none, NaN if its amount cannot be told. */
export function secondsLike(
  stage: StageWork,
  paces: Paces,
): number | undefined {
  const like = paces.get(stage.alike) ?? paces.get(stage.task);
  return like === undefined
    ? undefined
    : amountOf(stage) / like.work * like.seconds;
}
