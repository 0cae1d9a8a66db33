/** Points of a plane that linear classifiers are tried on. */
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";

/** Points of the first axis of a plane, of which three of four are of the class. */
export const line: LabelledPoints = {
  inputs: Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0),
  labels: Int32Array.of(1, 1, 1, -1),
  dimension: 2,
};

/** Corners of a square, those on the right being of the class. */
export const corners: LabelledPoints = {
  inputs: Float64Array.of(1, 1, 1, -1, -1, 1, -1, -1),
  labels: Int32Array.of(1, 1, -1, -1),
  dimension: 2,
};
