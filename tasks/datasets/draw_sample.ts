import { labelledPoints } from "../../data/datasets/labelled_points.ts";
import {
  drawSample as draw,
  type SampleOptions,
  type SubspaceWorld,
} from "../../data/datasets/subspace_world.ts";
import { defineTask } from "../../engine/define/task.ts";

/** A world, and one of its distributions. */
export interface DrawSampleArgs extends SampleOptions {
  readonly world: SubspaceWorld;
}

/** Points drawn from a distribution of a linear world. */
export const drawSample = defineTask({
  module: import.meta.url,
  name: "drawSample",
  inline: true,
  result: labelledPoints,
  run: ({ world, ...sample }: DrawSampleArgs) => draw(world, sample),
});
