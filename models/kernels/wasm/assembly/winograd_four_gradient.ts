// @ts-nocheck: AssemblyScript, compiled by asc
import { accumulateProducts } from "./winograd_gradient.ts";
import { transformRow } from "./winograd_four.ts";

/**
 * sums[frequency][channel][column] += Σ over tiles of (Bᵀ·x·B)[channel]·(A·dy·Aᵀ)[column]:
 * the filter gradient of F(4×4, 3×3) before `winogradFourFilterGradientEnd`.
 */
export function winogradFourFilterGradient(
  x: usize, // padded images of 4·tiles + 2 pixels each way
  dy: usize, // [image, height, width, columns]
  sums: usize, // columns rounded up to eight
  sumPitch: usize, // bytes between frequencies, as of the scratch below
  images: i32,
  height: i32,
  width: i32,
  imagePitch: i32, // bytes
  rowPitch: i32,
  channels: i32, // a multiple of four and at least eight, like columns
  columns: i32,
  blockRows: i32,
  inputs: usize, // scratch [36][tile][channel]
  inputPitch: usize,
  outputs: usize, // scratch [36][tile][columns, rounded up to eight]
  outputPitch: usize,
  working: usize, // scratch for a row of tiles, [4·tiles + 2][6] vectors
): void {
  const tilesHigh = (height + 3) >> 2, tilesWide = (width + 3) >> 2;
  const wide: usize = <usize> ((columns + 7) & ~7) << 2;
  const all = images * tilesHigh;
  const pixel: usize = <usize> channels << 2;
  for (let first = 0; first < all; first += blockRows) {
    const rows = min(blockRows, all - first);
    const tiles = rows * tilesWide;
    for (let row = 0; row < rows; row++) {
      const image = (first + row) / tilesHigh;
      const i = (first + row) % tilesHigh * 4;
      const from = x + <usize> image * imagePitch + <usize> i * rowPitch;
      const to = inputs + <usize> (row * tilesWide) * pixel;
      for (let channel: usize = 0; channel < pixel; channel += 16) {
        transformRow(
          from + channel,
          to + channel,
          tilesWide,
          rowPitch,
          pixel,
          inputPitch,
          working,
        );
      }
      transformOutputGradient(
        dy + (<usize> ((image * height + i) * width * columns) << 2),
        outputs + <usize> (row * tilesWide) * wide,
        width,
        columns,
        min(4, height - i),
        outputPitch,
        working,
      );
    }
    accumulateProducts(
      inputs,
      inputPitch,
      outputs,
      outputPitch,
      sums,
      sumPitch,
      36,
      tiles,
      channels,
      wide,
    );
  }
}

/** out[frequency][tile][column] = A·dy·Aᵀ of a row of tiles; pixels outside are zero. */
function transformOutputGradient(
  dy: usize,
  out: usize,
  width: i32,
  columns: i32,
  rows: i32,
  pitch: usize,
  working: usize,
): void {
  const pixel: usize = <usize> columns << 2;
  const row: usize = pixel * width;
  const skip: usize = (<usize> columns & 4) << 2;
  const zero = f32x4.splat(0);
  for (let j = 0; j < width; j += 4) {
    const wide = min(4, width - j);
    for (let column: usize = 0; column < pixel; column += 16) {
      // [column][6]: A·dy.
      let w = working;
      for (let right = 0; right < 4; right++) {
        const p = dy + column + <usize> right * pixel;
        if (right < wide) {
          spread(
            w,
            16,
            v128.load(p),
            rows > 1 ? v128.load(p + row) : zero,
            rows > 2 ? v128.load(p + 2 * row) : zero,
            rows > 3 ? v128.load(p + 3 * row) : zero,
          );
        } else spread(w, 16, zero, zero, zero, zero);
        w += 96;
      }
      w = working;
      let to = out;
      for (let i = 0; i < 6; i++) {
        spread(
          to,
          pitch,
          v128.load(w),
          v128.load(w, 96),
          v128.load(w, 192),
          v128.load(w, 288),
        );
        w += 16;
        to += 6 * pitch;
      }
      out += 16;
    }
    out += skip;
    dy += 4 * pixel;
  }
}

/** A·(a, b, c, d), `step` bytes apart. */
function spread(
  to: usize,
  step: usize,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
): void {
  const two = f32x4.splat(2), four = f32x4.splat(4);
  const even = f32x4.add(a, c), odd = f32x4.add(b, d);
  const far = f32x4.add(a, f32x4.mul(four, c));
  const farOdd = f32x4.mul(two, f32x4.add(b, f32x4.mul(four, d)));
  v128.store(to, a);
  v128.store(to += step, f32x4.add(even, odd));
  v128.store(to += step, f32x4.sub(even, odd));
  v128.store(to += step, f32x4.add(far, farOdd));
  v128.store(to += step, f32x4.sub(far, farOdd));
  v128.store(to + step, d);
}

/** dw[tap][channel][column] = Gᵀ·sums·G. */
export function winogradFourFilterGradientEnd(
  sums: usize,
  pitch: usize, // bytes between frequencies
  dw: usize,
  channels: i32,
  columns: i32,
  working: usize, // [6][3] vectors
): void {
  const wide: usize = <usize> ((columns + 7) & ~7) << 2;
  const pixel: usize = <usize> columns << 2;
  const tap: usize = pixel * channels;
  for (let channel = 0; channel < channels; channel++) {
    for (let column: usize = 0; column < pixel; column += 16) {
      // [row][3]: sums·G.
      for (let row: usize = 0; row < 6; row++) {
        gather(sums + 6 * row * pitch + column, pitch, working + 48 * row, 16);
      }
      for (let j: usize = 0; j < 3; j++) {
        gather(working + 16 * j, 48, dw + j * tap + column, 3 * tap);
      }
    }
    sums += wide;
    dw += pixel;
  }
}

/** Gᵀ times six vectors, `step` bytes apart, to three. */
function gather(from: usize, step: usize, to: usize, toStep: usize): void {
  const x0 = v128.load(from), x1 = v128.load(from += step);
  const x2 = v128.load(from += step), x3 = v128.load(from += step);
  const x4 = v128.load(from += step), x5 = v128.load(from + step);
  const near = f32x4.add(x1, x2), far = f32x4.add(x3, x4);
  const sixth = f32x4.splat(1.0 / 6), quarter = f32x4.splat(0.25);
  const part = f32x4.mul(near, sixth);
  v128.store(
    to,
    f32x4.add(
      f32x4.sub(f32x4.mul(x0, quarter), part),
      f32x4.mul(far, f32x4.splat(1.0 / 24)),
    ),
  );
  v128.store(
    to += toStep,
    f32x4.add(
      f32x4.mul(f32x4.sub(x2, x1), sixth),
      f32x4.mul(f32x4.sub(x3, x4), f32x4.splat(1.0 / 12)),
    ),
  );
  v128.store(
    to + toStep,
    f32x4.add(f32x4.sub(f32x4.mul(far, sixth), part), x5),
  );
}
