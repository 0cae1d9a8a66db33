// @ts-nocheck: AssemblyScript, compiled by asc

/** out[frequency][tile][column] = A·dy·Aᵀ of a row of tiles; pixels outside are zero. */
export function transformOutputGradient(
  dy: usize,
  out: usize,
  width: i32,
  columns: i32,
  rows: i32,
  pitch: usize,
): void {
  const pixel: usize = <usize> columns << 2;
  const row: usize = pixel * width;
  const skip: usize = (<usize> columns & 4) << 2;
  const zero = f32x4.splat(0);
  const lower = rows > 1;
  const pitch4 = pitch * 4;
  for (let j = 0; j < width; j += 2) {
    const right = j + 1 < width;
    for (let column: usize = 0; column < pixel; column += 16) {
      const a = v128.load(dy);
      const b = right ? v128.load(dy + pixel) : zero;
      const c = lower ? v128.load(dy + row) : zero;
      const d = lower && right ? v128.load(dy + row + pixel) : zero;
      let to = out;
      spread(to, pitch, a, b);
      spread(to += pitch4, pitch, f32x4.add(a, c), f32x4.add(b, d));
      spread(to += pitch4, pitch, f32x4.sub(a, c), f32x4.sub(b, d));
      spread(to += pitch4, pitch, c, d);
      dy += 16;
      out += 16;
    }
    out += skip;
    dy += pixel;
  }
}

function spread(out: usize, pitch: usize, a: v128, b: v128): void {
  v128.store(out, a);
  v128.store(out + pitch, f32x4.add(a, b));
  v128.store(out + pitch * 2, f32x4.sub(a, b));
  v128.store(out + pitch * 3, b);
}

/** dw[tap][channel][column] = Gᵀ·sums·G. */
export function winogradFilterGradientEnd(
  sums: usize, // destroyed
  pitch: usize, // bytes between frequencies
  dw: usize,
  channels: i32,
  columns: i32,
): void {
  const wide: usize = <usize> ((columns + 7) & ~7) << 2;
  const pixel: usize = <usize> columns << 2;
  const half = f32x4.splat(0.5);
  for (let channel = 0; channel < channels; channel++) {
    for (let column: usize = 0; column < pixel; column += 16) {
      for (let j: usize = 0; j < 4; j++) {
        // Gᵀ down each column, in place of frequencies 0, 4 and 8.
        const at = sums + j * pitch + column;
        const s1 = v128.load(at + 4 * pitch), s2 = v128.load(at + 8 * pitch);
        const even = f32x4.mul(f32x4.add(s1, s2), half);
        v128.store(at + 4 * pitch, f32x4.mul(f32x4.sub(s1, s2), half));
        v128.store(
          at + 8 * pitch,
          f32x4.add(even, v128.load(at + 12 * pitch)),
        );
        v128.store(at, f32x4.add(v128.load(at), even));
      }
      for (let i: usize = 0; i < 3; i++) {
        const at = sums + 4 * i * pitch + column;
        const to = dw + 3 * i * pixel * channels + column;
        const s1 = v128.load(at + pitch), s2 = v128.load(at + 2 * pitch);
        const even = f32x4.mul(f32x4.add(s1, s2), half);
        v128.store(to, f32x4.add(v128.load(at), even));
        v128.store(
          to + pixel * channels,
          f32x4.mul(f32x4.sub(s1, s2), half),
        );
        v128.store(
          to + 2 * pixel * channels,
          f32x4.add(even, v128.load(at + 3 * pitch)),
        );
      }
    }
    sums += wide;
    dw += pixel;
  }
}
