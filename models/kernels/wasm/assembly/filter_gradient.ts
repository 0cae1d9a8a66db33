// @ts-nocheck: AssemblyScript, compiled by asc
import { sumTile } from "./product_tile.ts";

/**
 * sums[segment·length + k, column] += Σ over pixels of patch[pixel, k]·dy[pixel, column].
 *
 * Patches lie in the padded input as for `convolve`. `columns` is a multiple
 * of eight, and a tile may read up to five floats past a segment. Sums run
 * over `block` output rows in registers before they are added in memory.
 */
export function filterGradient(
  x: usize,
  dy: usize, // [image, height, width, columns]
  sums: usize,
  images: i32,
  height: i32,
  width: i32,
  imagePitch: i32,
  rowPitch: i32,
  pixelPitch: i32,
  offsets: usize,
  segments: i32,
  length: i32,
  columns: i32,
  block: i32,
): void {
  const dyPitch: usize = <usize> columns << 2;
  const dyRow: usize = dyPitch * width;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < height; row += block) {
      const rows = min(block, height - row);
      const patch = x + <usize> image * imagePitch + <usize> row * rowPitch;
      const dyBlock = dy + <usize> (image * height + row) * dyRow;
      for (let s = 0; s < segments; s++) {
        const run = patch + load<i32>(offsets + (<usize> s << 2));
        const out = sums + <usize> (s * length) * dyPitch;
        for (let k = 0; k < length; k += 6) {
          for (let column = 0; column < columns; column += 8) {
            sumTile(
              run + (<usize> k << 2),
              dyBlock + (<usize> column << 2),
              out + <usize> k * dyPitch + (<usize> column << 2),
              rows,
              width,
              rowPitch,
              pixelPitch,
              dyPitch,
              6,
              length - k,
            );
          }
        }
      }
    }
  }
}
