// @ts-nocheck: AssemblyScript, compiled by asc

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
            tile(
              run + (<usize> k << 2),
              dyBlock + (<usize> column << 2),
              out + <usize> k * dyPitch + (<usize> column << 2),
              rows,
              width,
              rowPitch,
              pixelPitch,
              dyPitch,
              min(6, length - k),
            );
          }
        }
      }
    }
  }
}

function tile(
  x: usize,
  dy: usize,
  out: usize,
  rows: i32,
  width: i32,
  rowPitch: usize,
  pixelPitch: usize,
  dyPitch: usize,
  valid: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00;
  for (let row = 0; row < rows; row++) {
    let p = x;
    for (let i = 0; i < width; i++) {
      const b0 = v128.load(dy), b1 = v128.load(dy, 16);
      let a = v128.load_splat<f32>(p);
      c00 = f32x4.relaxed_madd(a, b0, c00);
      c01 = f32x4.relaxed_madd(a, b1, c01);
      a = v128.load_splat<f32>(p, 4);
      c10 = f32x4.relaxed_madd(a, b0, c10);
      c11 = f32x4.relaxed_madd(a, b1, c11);
      a = v128.load_splat<f32>(p, 8);
      c20 = f32x4.relaxed_madd(a, b0, c20);
      c21 = f32x4.relaxed_madd(a, b1, c21);
      a = v128.load_splat<f32>(p, 12);
      c30 = f32x4.relaxed_madd(a, b0, c30);
      c31 = f32x4.relaxed_madd(a, b1, c31);
      a = v128.load_splat<f32>(p, 16);
      c40 = f32x4.relaxed_madd(a, b0, c40);
      c41 = f32x4.relaxed_madd(a, b1, c41);
      a = v128.load_splat<f32>(p, 20);
      c50 = f32x4.relaxed_madd(a, b0, c50);
      c51 = f32x4.relaxed_madd(a, b1, c51);
      p += pixelPitch;
      dy += dyPitch;
    }
    x += rowPitch;
  }
  accumulate(out, c00, c01);
  if (valid > 1) accumulate(out += dyPitch, c10, c11);
  if (valid > 2) accumulate(out += dyPitch, c20, c21);
  if (valid > 3) accumulate(out += dyPitch, c30, c31);
  if (valid > 4) accumulate(out += dyPitch, c40, c41);
  if (valid > 5) accumulate(out += dyPitch, c50, c51);
}

function accumulate(out: usize, c0: v128, c1: v128): void {
  c0 = f32x4.add(v128.load(out), c0);
  c1 = f32x4.add(v128.load(out, 16), c1);
  v128.store(out, c0);
  v128.store(out, c1, 16);
}
