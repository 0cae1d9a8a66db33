/**
 * A picture made small: its middle, averaged over the area of each new pixel.
 *
 * @module
 */

/** A decoded picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha, 0…255: [height, width, 4]. */
  readonly pixels: Uint8Array;
}

/** The middle of a picture, as large as it goes, on white: [side, side, 3]. One of that size stays as it is. */
export function smallSquare(
  { width, height, pixels }: Picture,
  side: number,
): Uint8Array<ArrayBuffer> {
  const size = Math.min(width, height);
  const columns = spansOf((width - size) / 2, { size, side });
  const rows = spansOf((height - size) / 2, { size, side });
  const result = new Uint8Array(side * side * 3);
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      const sums = [0, 0, 0] as [number, number, number];
      let area = 0;
      for (const { at: v, weight: tall } of row) {
        for (const { at: u, weight: wide } of column) {
          const from = 4 * (v * width + u);
          const alpha = (pixels[from + 3] ?? 0) / 255;
          const weight = tall * wide;
          area += weight;
          for (const channel of [0, 1, 2] as const) {
            const value = pixels[from + channel] ?? 0;
            sums[channel] += weight * (255 + (value - 255) * alpha);
          }
        }
      }
      for (const channel of [0, 1, 2] as const) {
        result[3 * (y * side + x) + channel] = Math.round(sums[channel] / area);
      }
    }
  }
  return result;
}

/** The old pixels below each new one, and how much of each. */
function spansOf(
  start: number,
  { size, side }: { readonly size: number; readonly side: number },
): readonly (readonly { readonly at: number; readonly weight: number }[])[] {
  return Array.from({ length: side }, (_, i) => {
    const [from, to] = [i, i + 1].map((n) => start + (n * size) / side) as [
      number,
      number,
    ];
    const first = Math.floor(from);
    return Array.from({ length: Math.ceil(to) - first }, (_, k) => {
      const at = first + k;
      return { at, weight: Math.min(to, at + 1) - Math.max(from, at) };
    }).filter(({ weight }) => weight > 1e-9);
  });
}
