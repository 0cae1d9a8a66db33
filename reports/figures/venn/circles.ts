/**
 * Two circles whose areas, and what they share, are true to numbers.
 *
 * @module
 */

/** Two circles on a vertical axis, from the top of what they cover. */
export interface Circles {
  /** The upper and the lower circle: the height of its middle, and its radius. */
  readonly circles: readonly [Circle, Circle];
  /** Where the upper circle alone, both, and the lower alone lie on the axis: the middles of these parts. */
  readonly middles: readonly [number, number, number];
  readonly height: number;
}

/** A circle by the height of its middle, and its radius. */
export interface Circle {
  readonly y: number;
  readonly r: number;
}

/**
 * Circles of two areas so far apart that they share a third; circles that
 * share nothing stand `gap` apart, and one that lies in another touches it from
 * within.
 */
export function circlesOf(
  { first, second, both }: {
    readonly first: number;
    readonly second: number;
    readonly both: number;
  },
  { gap }: { readonly gap: number },
): Circles {
  const [r1, r2] = [first, second].map((area) => Math.sqrt(area / Math.PI)) as [
    number,
    number,
  ];
  const apart = both <= 0 ? r1 + r2 + gap : distance(r1, r2, both);
  const top = Math.min(-r1, apart - r2);
  const [a, b] = [-r1 - top, r1 - top];
  const [c, d] = [apart - r2 - top, apart + r2 - top];
  return {
    circles: [{ y: -top, r: r1 }, { y: apart - top, r: r2 }],
    middles: [
      (a + c) / 2,
      (Math.max(a, c) + Math.min(b, d)) / 2,
      (b + d) / 2,
    ],
    height: Math.max(b, d),
  };
}

/** How far apart the middles are where the circles share an area, by bisection. */
function distance(r1: number, r2: number, both: number): number {
  let [near, far] = [Math.abs(r1 - r2), r1 + r2];
  for (let i = 0; i < 60; i++) {
    const middle = (near + far) / 2;
    if (lens(r1, r2, middle) > both) near = middle;
    else far = middle;
  }
  return near;
}

/** The area that two circles share whose middles are `d` apart. */
function lens(r1: number, r2: number, d: number): number {
  if (d >= r1 + r2) return 0;
  if (d <= Math.abs(r1 - r2)) return Math.PI * Math.min(r1, r2) ** 2;
  const segment = (r: number, other: number) => {
    const to = (d * d + r * r - other * other) / (2 * d);
    const angle = Math.acos(Math.min(1, Math.max(-1, to / r)));
    return r * r * (angle - Math.sin(angle) * Math.cos(angle));
  };
  return segment(r1, r2) + segment(r2, r1);
}
