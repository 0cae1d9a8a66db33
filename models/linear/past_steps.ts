/**
 * The memory of L-BFGS: past steps, and what they suggest of the Hessian
 * (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.4).
 *
 * @module
 */

/** How many past steps the approximation of the Hessian is made of. */
const MEMORY = 12;

/** A past step, s, the change of the gradient along it, y, and 1 / y·s. */
export interface PastStep {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** A point and the gradient there. */
interface Place {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
}

/** Adds the step between two places, if the gradient grew along it, and drops the oldest of too many. */
export function remember(
  steps: PastStep[],
  { from, to }: { readonly from: Place; readonly to: Place },
): void {
  const s = to.x.map((v, i) => v - (from.x[i] as number));
  const y = to.gradient.map((v, i) => v - (from.gradient[i] as number));
  const curvature = dot(s, y);
  if (!(curvature > 0)) return;
  steps.push({ s, y, rho: 1 / curvature });
  if (steps.length > MEMORY) steps.shift();
}

/** −H·gradient, H being the inverse Hessian as the past steps suggest it. */
export function downhill(
  gradient: Float64Array,
  steps: readonly PastStep[],
): Float64Array {
  const q = gradient.map((v) => -v);
  const shares = new Float64Array(steps.length);
  for (let k = steps.length - 1; k >= 0; k--) {
    const { s, y, rho } = steps[k] as PastStep;
    const share = shares[k] = rho * dot(s, q);
    for (let i = 0; i < q.length; i++) {
      q[i] = (q[i] as number) - share * (y[i] as number);
    }
  }
  const last = steps.at(-1);
  if (last !== undefined) {
    const size = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * size;
  }
  for (const [k, { s, y, rho }] of steps.entries()) {
    const share = (shares[k] as number) - rho * dot(y, q);
    for (let i = 0; i < q.length; i++) {
      q[i] = (q[i] as number) + share * (s[i] as number);
    }
  }
  return q;
}

/** Σ aᵢ bᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return sum;
}

/** The largest |aᵢ|. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
