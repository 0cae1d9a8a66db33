import { images } from "../../data/images/images.ts";
import { readSketches } from "../../data/drawings/sketches.ts";
import { defineTask } from "../../engine/define/task.ts";

/** How many sketches to take. */
export interface LoadSketchesArgs {
  /** Sketches of each category, at most 100. */
  readonly perCategory: number;
}

/** Sketches of nine classes of CIFAR-10 (there is no deer), in the format of its images. */
export const loadSketches = defineTask({
  module: import.meta.url,
  name: "loadSketches",
  result: images,
  run: ({ perCategory }: LoadSketchesArgs) => readSketches(perCategory),
});
