// @ts-nocheck: AssemblyScript, compiled by asc

/**
 * y[pixel, column] = activation(bias[column] + Σ patch[pixel, k]·filter[k, column]).
 *
 * The patch of an output pixel is read where it lies in the padded input: it
 * consists of `segments` runs of `length` floats at the byte offsets in
 * `offsets` from the pixel's own address. The filter is packed in panels of
 * eight columns, [panel][k][8]. Six pixels by eight columns of sums stay in
 * registers. A matrix product is the case of one run per row.
 */
export function convolve(
  x: usize, // first pixel's patch
  filter: usize,
  bias: usize, // panels of eight, or 0
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
    let start0 = f32x4.splat(0);
    let start1 = start0;
    if (bias) {
      start0 = v128.load(bias + (<usize> column << 2));
      start1 = v128.load(bias + (<usize> column << 2), 16);
    }
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
      let b = filter + <usize> (column >> 3) * panelBytes;
      let c00 = start0,
        c10 = start0,
        c20 = start0,
        c30 = start0,
        c40 = start0,
        c50 = start0;
      let c01 = start1,
        c11 = start1,
        c21 = start1,
        c31 = start1,
        c41 = start1,
        c51 = start1;
      for (let s = 0; s < segments; s++) {
        const offset: usize = load<i32>(offsets + (<usize> s << 2));
        let a0 = p0 + offset, a1 = p1 + offset, a2 = p2 + offset;
        let a3 = p3 + offset, a4 = p4 + offset, a5 = p5 + offset;
        for (let k = 0; k < length; k++) {
          const b0 = v128.load(b), b1 = v128.load(b, 16);
          let a = v128.load_splat<f32>(a0);
          c00 = f32x4.relaxed_madd(a, b0, c00);
          c01 = f32x4.relaxed_madd(a, b1, c01);
          a = v128.load_splat<f32>(a1);
          c10 = f32x4.relaxed_madd(a, b0, c10);
          c11 = f32x4.relaxed_madd(a, b1, c11);
          a = v128.load_splat<f32>(a2);
          c20 = f32x4.relaxed_madd(a, b0, c20);
          c21 = f32x4.relaxed_madd(a, b1, c21);
          a = v128.load_splat<f32>(a3);
          c30 = f32x4.relaxed_madd(a, b0, c30);
          c31 = f32x4.relaxed_madd(a, b1, c31);
          a = v128.load_splat<f32>(a4);
          c40 = f32x4.relaxed_madd(a, b0, c40);
          c41 = f32x4.relaxed_madd(a, b1, c41);
          a = v128.load_splat<f32>(a5);
          c50 = f32x4.relaxed_madd(a, b0, c50);
          c51 = f32x4.relaxed_madd(a, b1, c51);
          a0 += 4;
          a1 += 4;
          a2 += 4;
          a3 += 4;
          a4 += 4;
          a5 += 4;
          b += 32;
        }
      }
      let out = y + <usize> first * yPitch + (<usize> column << 2);
      const wide = columns - column;
      store8(out, c00, c01, low, wide);
      if (left > 1) store8(out += yPitch, c10, c11, low, wide);
      if (left > 2) store8(out += yPitch, c20, c21, low, wide);
      if (left > 3) store8(out += yPitch, c30, c31, low, wide);
      if (left > 4) store8(out += yPitch, c40, c41, low, wide);
      if (left > 5) store8(out += yPitch, c50, c51, low, wide);
    }
  }
}

function store8(out: usize, c0: v128, c1: v128, low: v128, wide: i32): void {
  c0 = f32x4.max(c0, low);
  c1 = f32x4.max(c1, low);
  if (wide >= 8) {
    v128.store(out, c0);
    v128.store(out, c1, 16);
  } else storePart(out, c0, c1, wide);
}

function storePart(out: usize, c0: v128, c1: v128, wide: i32): void {
  if (wide >= 4) {
    v128.store(out, c0);
    out += 16;
    wide -= 4;
    c0 = c1;
  }
  if (wide > 0) store<f32>(out, f32x4.extract_lane(c0, 0));
  if (wide > 1) store<f32>(out, f32x4.extract_lane(c0, 1), 4);
  if (wide > 2) store<f32>(out, f32x4.extract_lane(c0, 2), 8);
}
