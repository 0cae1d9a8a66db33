/**
 * Minimising smooth, strictly convex functions of many variables in float64.
 *
 * @module
 */
import {
  dot,
  downhill,
  largest,
  type PastStep,
  remember,
} from "./past_steps.ts";

/** A function that writes its gradient at `x` into `gradient` and returns its value there. */
export type Differentiable = (
  x: Float64Array,
  gradient: Float64Array,
) => number;

/** How to minimise. */
export interface MinimiseOptions {
  /** Where to start. */
  readonly start: Float64Array;
  /** Largest component of the gradient at which it stops. */
  readonly tolerance: number;
  /** Steps after which it gives up; 1,000 where left out. */
  readonly maxSteps?: number;
}

/** Where a function is smallest. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Steps taken. */
  readonly steps: number;
}

/**
 * The minimum of a strictly convex function by L-BFGS (Nocedal and Wright,
 * Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5) with backtracking.
 * Strict convexity makes y·s positive at every step, so that no other
 * condition on the step is needed than that the function falls.
 *
 * @throws {RangeError} if the minimum is not found in time, or the function is
 * not finite at the start
 */
export function minimise(
  f: Differentiable,
  { start, tolerance, maxSteps = 1000 }: MinimiseOptions,
): Minimum {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = f(x, gradient);
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `Cannot minimise a function of ${x.length} variables: it is ${value} at the start`,
    );
  }
  const past: PastStep[] = [];
  for (let steps = 0; steps <= maxSteps; steps++) {
    if (largest(gradient) <= tolerance) return { x, value, steps };
    const direction = downhill(gradient, past);
    const slope = dot(direction, gradient);
    const next = backtrack(f, {
      x,
      value,
      direction,
      slope,
      first: past.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1,
    });
    if (next === undefined) {
      // No step makes it smaller: as near as rounding allows, unless the
      // approximation of the Hessian has gone bad.
      if (past.length === 0) return { x, value, steps };
      past.length = 0;
      continue;
    }
    remember(past, { from: { x, gradient }, to: next });
    ({ x, gradient, value } = next);
  }
  throw new RangeError(
    `Cannot minimise a function of ${x.length} variables in ${maxSteps} steps: a component of its gradient is still ${
      largest(gradient).toExponential(1)
    }`,
  );
}

/** A point along `direction` where the function has fallen enough, if there is one. */
function backtrack(
  f: Differentiable,
  { x, value, direction, slope, first }: {
    readonly x: Float64Array;
    readonly value: number;
    readonly direction: Float64Array;
    readonly slope: number;
    readonly first: number;
  },
) {
  for (let step = first; step > 1e-12; step /= 2) {
    const to = x.map((v, i) => v + step * (direction[i] as number));
    const gradient = new Float64Array(x.length);
    const reached = f(to, gradient);
    // Armijo's condition; near the minimum only rounding errors are left of it.
    const enough = value + 1e-4 * step * slope + 1e-15 * Math.abs(value);
    if (reached <= enough) return { x: to, gradient, value: reached };
  }
  return undefined;
}
