/**
 * Which figures and tables of a report stand on pages about the whole project.
 *
 * @module
 */

/**
 * Where a figure may stand: on the front page, large or further down in small, or
 * on the method page as the picture of an idea. A table may stand on the front
 * page as what helps. Of several nominations for one place the first in reading
 * order is taken, in small the first two; a line that explains too little of
 * its baselines illustrates no idea.
 */
export interface Nomination {
  /** The place. */
  readonly place:
    | "front page"
    | "front page, in small"
    | "front page, what helps"
    | "accuracy on the line"
    | "effective robustness"
    | "extrapolation"
    | "bias";
  /** Id of a figure; of a picture for "extrapolation" and "bias", of a table for "front page, what helps". */
  readonly id: string;
}
