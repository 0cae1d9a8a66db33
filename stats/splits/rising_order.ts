/**
 * The order of numbers.
 *
 * @module
 */

/** Stretches of so many numbers are sorted by insertion. */
const SHORT = 8;

/**
 * Places of some numbers, so that these rise; equal ones stay in their order. A
 * merge sort of its own: a typed array calls its comparison for every pair,
 * which takes several times as long.
 */
export function risingOrder(numbers: ArrayLike<number>): Uint32Array {
  const n = numbers.length;
  let order = new Uint32Array(n);
  let keys = new Float64Array(n);
  for (let start = 0; start < n; start += SHORT) {
    const end = Math.min(n, start + SHORT);
    for (let i = start; i < end; i++) {
      const key = numbers[i] as number;
      let to = i;
      for (; to > start && (keys[to - 1] as number) > key; to--) {
        keys[to] = keys[to - 1] as number;
        order[to] = order[to - 1] as number;
      }
      keys[to] = key;
      order[to] = i;
    }
  }
  let [otherOrder, otherKeys] = [new Uint32Array(n), new Float64Array(n)];
  for (let length = SHORT; length < n; length *= 2) {
    for (let start = 0; start < n; start += 2 * length) {
      const middle = Math.min(n, start + length);
      const end = Math.min(n, middle + length);
      let [a, b] = [start, middle];
      for (let to = start; to < end; to++) {
        const isFirst = a < middle &&
          (b >= end || !((keys[b] as number) < (keys[a] as number)));
        const from = isFirst ? a++ : b++;
        otherKeys[to] = keys[from] as number;
        otherOrder[to] = order[from] as number;
      }
    }
    [order, otherOrder] = [otherOrder, order];
    [keys, otherKeys] = [otherKeys, keys];
  }
  return order;
}
