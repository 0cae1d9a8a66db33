// @ts-nocheck: AssemblyScript, compiled by asc

/** out[frequency][tile][column] = A·dy·Aᵀ of a row of tiles; pixels outside are zero. */
export function transformOutputGradient(
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
