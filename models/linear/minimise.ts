/**
 * Minimising smooth, strictly convex functions of many variables in float64.
 *
 * @module
 */

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

/** How many past steps the approximation of the Hessian is made of. */
const MEMORY = 12;

/** A past step, s, the change of the gradient along it, y, and 1 / y·s. */
interface Correction {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
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
  const corrections: Correction[] = [];
  for (let steps = 0; steps <= maxSteps; steps++) {
    if (largest(gradient) <= tolerance) return { x, value, steps };
    const direction = downhill(gradient, corrections);
    const slope = dot(direction, gradient);
    const next = backtrack(f, {
      x,
      value,
      direction,
      slope,
      first: corrections.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1,
    });
    if (next === undefined) {
      // No step makes it smaller: as near as rounding allows, unless the
      // approximation of the Hessian has gone bad.
      if (corrections.length === 0) return { x, value, steps };
      corrections.length = 0;
      continue;
    }
    const s = next.x.map((v, i) => v - (x[i] as number));
    const y = next.gradient.map((v, i) => v - (gradient[i] as number));
    const curvature = dot(s, y);
    if (curvature > 0) {
      corrections.push({ s, y, rho: 1 / curvature });
      if (corrections.length > MEMORY) corrections.shift();
    }
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

/** −H·gradient, H being the inverse Hessian as the past steps suggest it. */
function downhill(
  gradient: Float64Array,
  corrections: readonly Correction[],
): Float64Array {
  const q = gradient.map((v) => -v);
  const shares = new Float64Array(corrections.length);
  for (let k = corrections.length - 1; k >= 0; k--) {
    const { s, y, rho } = corrections[k] as Correction;
    const share = shares[k] = rho * dot(s, q);
    for (let i = 0; i < q.length; i++) {
      q[i] = (q[i] as number) - share * (y[i] as number);
    }
  }
  const last = corrections.at(-1);
  if (last !== undefined) {
    const size = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * size;
  }
  for (const [k, { s, y, rho }] of corrections.entries()) {
    const share = (shares[k] as number) - rho * dot(y, q);
    for (let i = 0; i < q.length; i++) {
      q[i] = (q[i] as number) + share * (s[i] as number);
    }
  }
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
