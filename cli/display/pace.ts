/**
 * How fast stages of a kind work, and how long others of that kind take by it:
 * trainings in proportion to their image-steps, which their arguments tell before
 * they have run, any other stage as long as the mean.
 *
 * @module
 */
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { isRef, type Stage, targetOf } from "../../engine/define/ref.ts";

/** The work that some stages have done, in image-steps or as their number, and the time that it took. */
export interface Pace {
  readonly work: number;
  readonly seconds: number;
}

/** Paces by what stages are alike in, and by their task. */
export type Paces = ReadonlyMap<string, Pace>;

/** Of stages that have done nothing. */
export const NOTHING: Pace = { work: 0, seconds: 0 };

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

/** What a stage is, for the time that stages like it take. */
export interface StageWork {
  /** Its task and its model: trainings of one model take times in proportion to their image-steps. */
  readonly alike: string;
  readonly task: string;
  /**
   * Images that a training takes steps on, each as often as it does: its
   * `steps` or `epochs`, by its `batchSize` or the number of its `images`. NaN
   * if that number cannot be told; `undefined` for a stage that does not train.
   */
  readonly imageSteps: number | undefined;
}

/** What a stage is, by its task and arguments. */
export function workOf({ task: { name: task }, args }: Stage): StageWork {
  const { model, steps, epochs, batchSize, images } = Object(args);
  const imageSteps = !isRef(images)
    ? undefined
    : typeof steps === "number"
    ? steps * Number(batchSize)
    : typeof epochs === "number"
    ? epochs * countOf(images)
    : undefined;
  const alike = isDefinition(model) ? `${task} ${sourceOf(model).name}` : task;
  return { alike, task, imageSteps };
}

/** How many images a ref stands for: as many as its stage is asked for, else as many as came in; NaN if neither can be told. */
function countOf(ref: unknown): number {
  if (!isRef(ref)) return NaN;
  const { stage, field } = targetOf(ref);
  const { sizes, n, images } = Object(stage.args);
  const asked = Object(sizes)[field] ?? n;
  return typeof asked === "number" ? asked : countOf(images);
}
