/** ‖actual − expected‖ / ‖expected‖; ‖actual‖ where zeros are expected. */
export function relativeError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] as number;
    difference += ((actual[i] as number) - value) ** 2;
    norm += value ** 2;
  }
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}
