/**
 * Programs, and how their work is spread over workgroups.
 *
 * @module
 */

/** Code, and how many workgroups run it. */
export interface Program {
  readonly code: string;
  readonly groups: readonly [number, number];
}

/** The numbers 0 … n − 1. */
export function range(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** Workgroups in x and y that hold `lanes` invocations each and `n` in all. */
export function groupsOf(
  n: number,
  lanes: number,
): readonly [number, number] {
  const groups = Math.ceil(n / lanes);
  const x = Math.min(groups, 65_535);
  return [x, Math.ceil(groups / x)];
}

/** WGSL that names the place of an invocation among all, `i`, in the groups of {@linkcode groupsOf}. */
export const PLACE = "var i = (g.y * count.x + g.x) * LANES + l.x;" as const;

/** The largest divisor of `n` that is not above `most`. */
export function divisor(n: number, most: number): number {
  for (let tile = Math.min(n, most); tile > 1; tile--) {
    if (n % tile === 0) return tile;
  }
  return 1;
}

/** The largest divisor of `n` that is not above `most` and divides into fours. */
export function channelTile(n: number, most: number): number {
  for (let tile = Math.min(n, most); tile > 4; tile -= 4) {
    if (tile % 4 === 0 && n % tile === 0) return tile;
  }
  return 4;
}
