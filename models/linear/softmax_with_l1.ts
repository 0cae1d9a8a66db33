/**
 * Multinomial logistic regression with an L1 penalty, in float64.
 *
 * @module
 */
import { lassoStep } from "./lasso_quadratic.ts";
import { dot, largest } from "./past_steps.ts";
import { type ClassesCurvature, curvatureOf } from "./softmax_curvature.ts";
import { type ClassedInputs, meanLoss } from "./softmax_loss.ts";

/** How to minimise the mean loss plus `share` · Σ |w|, biases left out. */
export interface SoftmaxWithL1Options {
  /** Where to start: [classes, dimension + 1], the weights of one class after those of the other, each with the bias last. */
  readonly start: Float64Array;
  /** How the loss curves near the start, of other inputs like these perhaps; any will do, a near one saves time. */
  readonly curvature?: readonly ClassesCurvature[] | undefined;
  /** Weight of each |w|, above 0. */
  readonly share: number;
  /** Σ weights of the inputs, by which their losses are divided. */
  readonly total: number;
  /** Largest component of the smallest subgradient at which it stops. */
  readonly tolerance: number;
  /** Steps after which it gives up; 500 where left out. */
  readonly maxSteps?: number;
}

/** Where the loss with its penalty is smallest. */
export interface SoftmaxWithL1Minimum {
  /** Laid out as the start. */
  readonly x: Float64Array;
  /** Steps taken. */
  readonly steps: number;
  /** How the loss curves, as it was last looked at; none where it starts at the minimum. */
  readonly curvature: readonly ClassesCurvature[] | undefined;
}

/** The curvature is looked at anew where a step leaves more than this share of the subgradient. */
const SLOW = 0.5;

/** Each step goes to the minimum of its quadratic to within this share of the subgradient. */
const NEAR = 0.05;

/**
 * The minimum by proximal Newton steps (Lee, Sun and Saunders 2014,
 * doi:10.1137/130921428): to where the quadratic that the loss is near a point,
 * with the penalty, is smallest; half of such a step, and so on, where it leads
 * uphill. The smallest subgradient is that of the side to which a weight at
 * zero would fall.
 *
 * @throws {RangeError} if the minimum is not found in time, or the loss has no
 * finite slope
 */
export function minimiseSoftmaxWithL1(
  examples: ClassedInputs,
  options: SoftmaxWithL1Options,
): SoftmaxWithL1Minimum {
  const { start, share, total, tolerance, maxSteps = 500 } = options;
  const width = examples.dimension + 1;
  const penalties = start.map((_, i) => i % width < width - 1 ? share : 0);
  const lossInto = meanLoss(examples, total);
  const placeAt = (x: Float64Array): Place => {
    const slopes = new Float64Array(x.length);
    const loss = lossInto(x, slopes);
    return { x, slopes, value: loss + penaltyAt(x, penalties) };
  };
  let place = placeAt(start.slice());
  let { curvature } = options;
  let isNew = false;
  let before = Infinity;
  let steepest = Infinity;
  for (let steps = 0; steps <= maxSteps; steps++) {
    steepest = largest(subgradient(place, penalties));
    if (!Number.isFinite(steepest)) {
      throw new RangeError(
        `Cannot fit a softmax regression of ${start.length} weights with an L1 penalty: a component of its subgradient is ${steepest}`,
      );
    }
    if (steepest <= tolerance) return { x: place.x, steps, curvature };
    isNew = curvature === undefined || !isNew && steepest > SLOW * before;
    if (curvature === undefined || isNew) {
      curvature = curvatureOf(examples, { point: place.x, total });
    }
    before = steepest;
    const step = stepOf(place, {
      curvature,
      penalties,
      tolerance: Math.max(tolerance / 10, NEAR * steepest),
    });
    const next = descend(place, { step, penalties, placeAt });
    // By a new curvature no step falls: as near as rounding allows.
    if (next === undefined && isNew) return { x: place.x, steps, curvature };
    if (next === undefined || next.share < 1) before = 0; // that was no good curvature
    place = next?.place ?? place;
  }
  throw new RangeError(
    `Cannot fit a softmax regression of ${start.length} weights with an L1 penalty in ${maxSteps} steps: a component of its subgradient is still ${
      steepest.toExponential(1)
    }`,
  );
}

/** A point, the slopes of the loss there, and the loss with the penalty. */
interface Place {
  readonly x: Float64Array;
  readonly slopes: Float64Array;
  readonly value: number;
}

function penaltyAt(x: Float64Array, penalties: Float64Array): number {
  return x.reduce(
    (sum, value, i) => sum + (penalties[i] as number) * Math.abs(value),
    0,
  );
}

/** The subgradient of least length: at zero that of the side where the function falls, or 0. */
function subgradient(
  { x, slopes }: Place,
  penalties: Float64Array,
): Float64Array {
  return slopes.map((slope, i) => {
    const at = x[i] as number;
    const penalty = penalties[i] as number;
    return at !== 0
      ? slope + Math.sign(at) * penalty
      : Math.sign(slope) * Math.max(0, Math.abs(slope) - penalty);
  });
}

/** The step to the minimum of the quadratic with the penalty. */
function stepOf(
  { x, slopes }: Place,
  { curvature, penalties, tolerance }: {
    readonly curvature: readonly ClassesCurvature[];
    readonly penalties: Float64Array;
    readonly tolerance: number;
  },
): Float64Array {
  const step = new Float64Array(x.length);
  for (const { from, size, matrix } of curvature) {
    const own = (values: Float64Array) => values.subarray(from, from + size);
    step.set(
      lassoStep({
        x: own(x),
        slopes: own(slopes),
        matrix,
        penalties: own(penalties),
      }, tolerance),
      from,
    );
  }
  return step;
}

/** Where the step leads, or as much of it as falls enough; none where no share does. */
function descend(
  { x, slopes, value }: Place,
  { step, penalties, placeAt }: {
    readonly step: Float64Array;
    readonly penalties: Float64Array;
    readonly placeAt: (x: Float64Array) => Place;
  },
): { readonly place: Place; readonly share: number } | undefined {
  const moved = (share: number) =>
    x.map((from, i) => from + share * (step[i] as number));
  const expected = dot(slopes, step) + penaltyAt(moved(1), penalties) -
    penaltyAt(x, penalties);
  for (let share = 1; share > 1e-10; share /= 2) {
    const place = placeAt(moved(share));
    // Falls below rounding are believed; no number, or an infinite one, is none.
    const enough = place.value - value <= 1e-4 * share * expected + 1e-15;
    if (enough && place.value > -Infinity) return { place, share };
  }
  return undefined;
}
