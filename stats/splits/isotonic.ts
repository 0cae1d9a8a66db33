/**
 * Isotonic regression: calibration that supposes nothing but order.
 *
 * @module
 */

/** A curve that never falls: linear between knots, constant beyond them. */
export interface IsotonicCurve {
  /** Where the knots are; rising. */
  readonly at: Float64Array;
  /** The values there; never falling. */
  readonly values: Float64Array;
}

/** Outcomes of one score, or of several neighbouring ones that were pooled. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly sum: number;
  readonly n: number;
}

/**
 * The curve that never falls and is nearest to the outcomes in squares, by
 * pooling adjacent violators (Ayer et al. 1955). Equal scores count as one
 * with their mean outcome. scikit-learn's `IsotonicRegression` gives the same.
 *
 * @throws {RangeError} if there is no score, or not one outcome a score
 */
export function isotonicRegression(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): IsotonicCurve {
  const n = scores.length;
  if (n === 0 || n !== outcomes.length) {
    throw new RangeError(
      `Cannot fit a rising curve to ${n} scores with ${outcomes.length} outcomes: there must be one of each, and some`,
    );
  }
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  order.sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const blocks: Block[] = [];
  for (const i of order) {
    const [at, outcome] = [scores[i] as number, outcomes[i] as number];
    const last = blocks.at(-1);
    let block: Block = { from: at, to: at, sum: outcome, n: 1 };
    if (last?.to === at && last.from === at) {
      blocks.pop();
      block = { ...last, sum: last.sum + outcome, n: last.n + 1 };
    }
    blocks.push(block);
  }
  const pooled: Block[] = [];
  for (let block of blocks) {
    for (
      let last = pooled.at(-1);
      last !== undefined && last.sum * block.n >= block.sum * last.n;
      last = pooled.at(-1)
    ) {
      pooled.pop();
      block = {
        from: last.from,
        to: block.to,
        sum: last.sum + block.sum,
        n: last.n + block.n,
      };
    }
    pooled.push(block);
  }
  const knots = pooled.flatMap(({ from, to, sum, n }) =>
    from === to ? [[from, sum / n]] : [[from, sum / n], [to, sum / n]]
  ) as readonly (readonly [number, number])[];
  return {
    at: Float64Array.from(knots, ([at]) => at),
    values: Float64Array.from(knots, ([, value]) => value),
  };
}

/** The height of a curve at a score. */
export function heightAt(
  { at, values }: IsotonicCurve,
  score: number,
): number {
  const last = at.length - 1;
  if (!(score > (at[0] as number))) return values[0] as number;
  if (score >= (at[last] as number)) return values[last] as number;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) <= score) low = middle;
    else high = middle;
  }
  const [left, right] = [at[low] as number, at[high] as number];
  const share = (score - left) / (right - left);
  return (1 - share) * (values[low] as number) +
    share * (values[high] as number);
}
