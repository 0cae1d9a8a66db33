import { labelledPoints } from "../data/labelled_points.ts";
import {
  drawSample as draw,
  type SampleOptions,
  type SubspaceWorld,
} from "../data/subspace_world.ts";
import { defineTask } from "../engine/task.ts";

/** A world, and one of its distributions. */
export interface DrawSampleArgs extends SampleOptions {
  readonly world: SubspaceWorld;
}

/** Points drawn from a distribution of a linear world. */
export const drawSample = defineTask({
  module: import.meta.url,
  name: "drawSample",
  runsIn: "main",
  result: labelledPoints,
  run: ({ world, ...sample }: DrawSampleArgs) => draw(world, sample),
});
