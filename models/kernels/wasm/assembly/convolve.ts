// @ts-nocheck: AssemblyScript, compiled by asc
import { productTile } from "./product_tile.ts";

/**
 * y[pixel, column] = activation(bias[column] + Σ patch[pixel, k]·filter[k, column]).
 *
 * The patch of an output pixel is read where it lies in the padded input: it
 * consists of `segments` runs of `length` floats at the byte offsets in
 * `offsets` from the pixel's own address. The filter is packed in panels of
 * eight columns, [panel][k][8]. A matrix product is the case of one run per row.
 */
export function convolve(
  x: usize, // first pixel's patch
  filter: usize,
  bias: usize, // panels of eight
  y: usize, // [pixel, columns]
  images: i32,
  height: i32, // of the output
  width: i32,
  imagePitch: i32, // bytes between patches
  rowPitch: i32,
  pixelPitch: i32,
  offsets: usize,
  segments: i32,
  length: i32,
  columns: i32,
  relu: i32,
): void {
  const pixels = images * height * width;
  const yPitch: usize = <usize> columns << 2;
  const panelBytes: usize = <usize> (segments * length) << 5;
  const low = relu ? f32x4.splat(0) : f32x4.splat(-Infinity);
  for (let column = 0; column < columns; column += 8) {
    let image: usize = x;
    let row: usize = x;
    let pixel: usize = x;
    let i = 0;
    let j = 0;
    const start0 = v128.load(bias + (<usize> column << 2));
    const start1 = v128.load(bias + (<usize> column << 2), 16);
    for (let first = 0; first < pixels; first += 6) {
      // Addresses of six successive pixels; past the end, the last one again.
      let p0: usize = 0,
        p1: usize = 0,
        p2: usize = 0,
        p3: usize = 0,
        p4: usize = 0,
        p5: usize = 0;
      const left = pixels - first;
      for (let r = 0; r < 6; r++) {
        if (r == 0) p0 = pixel;
        else if (r == 1) p1 = pixel;
        else if (r == 2) p2 = pixel;
        else if (r == 3) p3 = pixel;
        else if (r == 4) p4 = pixel;
        else p5 = pixel;
        if (r + 1 < left) {
          pixel += pixelPitch;
          if (++j == width) {
            j = 0;
            row += rowPitch;
            if (++i == height) {
              i = 0;
              image += imagePitch;
              row = image;
            }
            pixel = row;
          }
        }
      }
      productTile(
        p0,
        p1,
        p2,
        p3,
        p4,
        p5,
        offsets,
        segments,
        length,
        false,
        filter + <usize> (column >> 3) * panelBytes,
        start0,
        start1,
        y + <usize> first * yPitch + (<usize> column << 2),
        yPitch,
        left,
        columns - column,
        true,
        low,
      );
    }
  }
}
