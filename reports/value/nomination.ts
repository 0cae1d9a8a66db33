/**
 * Which figures of a report stand on pages about the whole project.
 *
 * @module
 */

/**
 * Where a figure may stand: on the front page, large or in small beside it, or
 * on the method page as the picture of an idea. Of several nominations for one
 * place the first in reading order is taken, in small the first two; a line
 * that explains too little of its baselines illustrates no idea.
 */
export interface Nomination {
  /** The place. */
  readonly place:
    | "front page"
    | "front page, in small"
    | "accuracy on the line"
    | "effective robustness"
    | "extrapolation"
    | "bias";
  /** Id of a figure; for "extrapolation" and "bias" of a picture. */
  readonly id: string;
}
