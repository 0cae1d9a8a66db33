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
  const { length } = rows;
  for (let y = 0; y < length; y++) {
    const row = rows[y] as Span;
    for (let x = 0; x < length; x++) {
      const column = columns[x] as Span;
      let [red, green, blue, area] = [0, 0, 0, 0];
      for (let v = 0; v < row.weights.length; v++) {
        const tall = row.weights[v] as number;
        let from = 4 * ((row.first + v) * width + column.first);
        for (let u = 0; u < column.weights.length; u++, from += 4) {
          const weight = tall * (column.weights[u] as number);
          const ink = weight * (pixels[from + 3] as number) / 255;
          area += weight;
          red += ink * ((pixels[from] as number) - 255);
          green += ink * ((pixels[from + 1] as number) - 255);
          blue += ink * ((pixels[from + 2] as number) - 255);
        }
      }
      const to = 3 * (y * side + x);
      result[to] = Math.round(255 + red / area);
      result[to + 1] = Math.round(255 + green / area);
      result[to + 2] = Math.round(255 + blue / area);
    }
  }
  return result;
}

/** The old pixels below a new one: the first of them, and how much of each. */
interface Span {
  readonly first: number;
  readonly weights: Float64Array;
}

function spansOf(
  start: number,
  { size, side }: { readonly size: number; readonly side: number },
): readonly Span[] {
  return Array.from({ length: side }, (_, i) => {
    const from = start + i * size / side;
    const to = start + (i + 1) * size / side;
    const first = Math.floor(from + 1e-9);
    const weights = Float64Array.from(
      { length: Math.ceil(to - 1e-9) - first },
      (_, k) => Math.min(to, first + k + 1) - Math.max(from, first + k),
    );
    return { first, weights };
  });
}
