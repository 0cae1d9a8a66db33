/**
 * Minimising smooth convex functions plus an L1 penalty, in float64.
 *
 * @module
 */
import type { Differentiable, MinimiseOptions, Minimum } from "./minimise.ts";
import {
  dot,
  downhill,
  largest,
  type PastStep,
  remember,
} from "./past_steps.ts";

/** How to minimise f(x) + Σ penaltiesᵢ |xᵢ|. */
export interface MinimiseWithL1Options extends MinimiseOptions {
  /** Weight of each |xᵢ|, not negative: as many as there are variables. */
  readonly penalties: Float64Array;
}

/**
 * The minimum of f(x) + Σ penaltiesᵢ |xᵢ|, f being smooth and convex, by
 * OWL-QN (Andrew and Gao 2007, doi:10.1145/1273496.1273501): L-BFGS on the
 * gradient of whichever side of zero a variable is on or would fall to, in
 * steps that no variable crosses zero in. It stops where no component of the
 * smallest subgradient is larger than the tolerance.
 *
 * @throws {RangeError} if the minimum is not found in time, or the function is
 * not finite at the start
 */
export function minimiseWithL1(
  f: Differentiable,
  { start, penalties, tolerance, maxSteps = 5000 }: MinimiseWithL1Options,
): Minimum {
  const penalised = (x: Float64Array, gradient: Float64Array) => {
    let value = f(x, gradient);
    for (let i = 0; i < x.length; i++) {
      value += (penalties[i] as number) * Math.abs(x[i] as number);
    }
    return value;
  };
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = penalised(x, gradient);
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `Cannot minimise a function of ${x.length} variables: it is ${value} at the start`,
    );
  }
  const past: PastStep[] = [];
  const slopes = new Float64Array(x.length);
  for (let steps = 0; steps <= maxSteps; steps++) {
    subgradientInto(slopes, { x, gradient, penalties });
    if (largest(slopes) <= tolerance) return { x, value, steps };
    const direction = downhill(slopes, past);
    for (let i = 0; i < x.length; i++) {
      const against = (direction[i] as number) * (slopes[i] as number) >= 0;
      if (against && (penalties[i] as number) > 0) direction[i] = 0;
    }
    const next = backtrack(penalised, {
      x,
      value,
      slopes,
      direction,
      penalties,
      first: past.length === 0 ? Math.min(1, 1 / largest(slopes)) : 1,
    });
    if (next === undefined) {
      // As near as rounding allows, unless the approximation has gone bad.
      if (past.length === 0) return { x, value, steps };
      past.length = 0;
      continue;
    }
    remember(past, { from: { x, gradient }, to: next });
    ({ x, gradient, value } = next);
  }
  throw new RangeError(
    `Cannot minimise a function of ${x.length} variables in ${maxSteps} steps: a component of its subgradient is still ${
      largest(slopes).toExponential(1)
    }`,
  );
}

/** Writes the subgradient of least length: at zero that of the side where the function falls, or 0. */
function subgradientInto(
  slopes: Float64Array,
  { x, gradient, penalties }: {
    readonly x: Float64Array;
    readonly gradient: Float64Array;
    readonly penalties: Float64Array;
  },
): void {
  for (let i = 0; i < x.length; i++) {
    const [at, slope, penalty] = [
      x[i] as number,
      gradient[i] as number,
      penalties[i] as number,
    ];
    slopes[i] = at !== 0
      ? slope + Math.sign(at) * penalty
      : Math.sign(slope) * Math.max(0, Math.abs(slope) - penalty);
  }
}

/** A point along `direction`, on the same side of zero in every penalised variable, where the function has fallen enough, if there is one. */
function backtrack(
  f: Differentiable,
  { x, value, slopes, direction, penalties, first }: {
    readonly x: Float64Array;
    readonly value: number;
    readonly slopes: Float64Array;
    readonly direction: Float64Array;
    readonly penalties: Float64Array;
    readonly first: number;
  },
) {
  for (let step = first; step > 1e-12; step /= 2) {
    const to = x.map((v, i) => {
      const reached = v + step * (direction[i] as number);
      const side = v === 0 ? -(slopes[i] as number) : v;
      return (penalties[i] as number) > 0 && reached * side <= 0 ? 0 : reached;
    });
    const gradient = new Float64Array(x.length);
    const reached = f(to, gradient);
    const fall = dot(slopes, to.map((v, i) => v - (x[i] as number)));
    const enough = value + 1e-4 * fall + 1e-15 * Math.abs(value);
    if (reached <= enough) return { x: to, gradient, value: reached };
  }
  return undefined;
}
