/**
 * Systems of equations with a symmetric positive definite matrix, in place:
 * factorised once, solved for many right sides.
 *
 * @module
 */

/** Lower triangular L with L Lᵀ = A, in place of A's lower triangle. */
export function choleskyInPlace(a: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j] as number;
      for (let k = 0; k < j; k++) {
        sum -= (a[i * d + k] as number) * (a[j * d + k] as number);
      }
      a[i * d + j] = i === j ? Math.sqrt(sum) : sum / (a[j * d + j] as number);
    }
  }
}

/** Solves L Lᵀ X = B in place of B: [d, count]. */
export function solveInPlace(
  factor: Float64Array,
  { d, sides, count }: {
    readonly d: number;
    readonly sides: Float64Array;
    readonly count: number;
  },
): void {
  const subtract = (to: number, from: number, times: number) => {
    for (let b = 0; b < count; b++) {
      sides[to * count + b] = (sides[to * count + b] as number) -
        times * (sides[from * count + b] as number);
    }
  };
  const divide = (row: number) => {
    const by = factor[row * d + row] as number;
    for (let b = 0; b < count; b++) {
      sides[row * count + b] = (sides[row * count + b] as number) / by;
    }
  };
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) subtract(i, k, factor[i * d + k] as number);
    divide(i);
  }
  for (let i = d - 1; i >= 0; i--) {
    divide(i);
    for (let k = 0; k < i; k++) subtract(k, i, factor[i * d + k] as number);
  }
}
