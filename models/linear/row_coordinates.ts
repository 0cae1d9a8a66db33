/**
 * Inputs of more features than there are examples, in as many dimensions as
 * there are examples.
 *
 * @module
 */
import { choleskyInPlace } from "./cholesky.ts";
import { gram } from "./products.ts";

/** What rounding takes off a square is less than this share of the largest. */
const ROUNDING = 1e-9;

/**
 * Other inputs with the same products of any two rows, of as many features as
 * rows, where there were more: ridge regression knows nothing else of them.
 * They are L of X Xᵀ = L Lᵀ.
 *
 * @param inputs [n, d]
 * @returns inputs, [n, d] or [n, n], and the number of their features
 */
export function rowCoordinates(
  inputs: Float64Array,
  n: number,
): { readonly inputs: Float64Array; readonly d: number } {
  const d = inputs.length / Math.max(1, n);
  if (d <= n) return { inputs, d };
  const columns = new Float64Array(inputs.length);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) {
      columns[k * n + i] = inputs[i * d + k] as number;
    }
  }
  const rows = Uint32Array.from({ length: d }, (_, k) => k);
  const products = gram(columns, { rows, d: n });
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, products[i * n + i] ?? 0);
  // Rows that depend on others, as those about their mean do, have a square of 0.
  const least = ROUNDING * (most || 1);
  for (let i = 0; i < n; i++) {
    products[i * n + i] = (products[i * n + i] as number) + least;
  }
  choleskyInPlace(products, n);
  return { inputs: products, d: n };
}
