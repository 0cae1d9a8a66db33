/**
 * Which figures and tables of a report stand on pages about the whole project.
 *
 * @module
 */

/**
 * Where a figure may stand: on the front page, or there instead where no report
 * has a figure for it, or on the method page as the picture of an idea. A table
 * may stand on the front page as what helps. Of several nominations for one
 * place the first in reading order is taken, of those instead the first two; a
 * line that explains too little of its baselines illustrates no idea.
 */
export interface Nomination {
  /** The place. */
  readonly place:
    | "front page"
    | "front page, instead"
    | "front page, what helps"
    | "accuracy on the line"
    | "effective robustness"
    | "extrapolation"
    | "bias";
  /** Id of a figure; of a picture for "extrapolation" and "bias", of a table for "front page, what helps". */
  readonly id: string;
}
