/**
 * How much work a training is, told from its arguments before it has run.
 *
 * @module
 */
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { isRef, type Stage, targetOf } from "../../engine/define/ref.ts";

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
