/**
 * Products of inputs, [n, d] row-major, in float64. Four rows at a time: each
 * number is read and written once for four products.
 *
 * @module
 */

/** Σ weightᵢ xᵢ xᵢᵀ over some rows, the lower triangle: [d, d]. */
export function gram(
  inputs: Float64Array,
  { rows, d, weights }: {
    readonly rows: Uint32Array;
    readonly d: number;
    /** By row of the inputs: [n]. All 1 where left out. */
    readonly weights?: Float64Array;
  },
): Float64Array {
  const product = new Float64Array(d * d);
  const zeros = new Float64Array(d);
  for (let r = 0; r < rows.length; r += 4) {
    const at = (k: number) => {
      const row = rows[r + k];
      return row === undefined
        ? zeros
        : inputs.subarray(row * d, (row + 1) * d);
    };
    const weight = (k: number) =>
      weights === undefined ? 1 : weights[rows[r + k] ?? 0] as number;
    const [p, q, s, t] = [at(0), at(1), at(2), at(3)];
    const [wp, wq, ws, wt] = [weight(0), weight(1), weight(2), weight(3)];
    for (let a = 0; a < d; a++) {
      const pa = wp * (p[a] as number);
      const qa = wq * (q[a] as number);
      const sa = ws * (s[a] as number);
      const ta = wt * (t[a] as number);
      const from = a * d;
      for (let b = 0; b <= a; b++) {
        product[from + b] = (product[from + b] as number) +
          pa * (p[b] as number) + qa * (q[b] as number) +
          sa * (s[b] as number) + ta * (t[b] as number);
      }
    }
  }
  return product;
}

/** Writes xᵢ·w of every row into `into`: [n], n a multiple of four. */
export function project(
  inputs: Float64Array,
  { onto, into }: {
    readonly onto: Float64Array;
    readonly into: Float64Array;
  },
): void {
  const d = onto.length;
  for (let i = 0; i < into.length; i += 4) {
    const from = i * d;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let c = 0; c < d; c++) {
      const w = onto[c] as number;
      s0 += w * (inputs[from + c] as number);
      s1 += w * (inputs[from + d + c] as number);
      s2 += w * (inputs[from + 2 * d + c] as number);
      s3 += w * (inputs[from + 3 * d + c] as number);
    }
    into[i] = s0;
    into[i + 1] = s1;
    into[i + 2] = s2;
    into[i + 3] = s3;
  }
}
