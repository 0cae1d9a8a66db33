// @ts-nocheck: AssemblyScript, compiled by asc

/**
 * y = the averages of whole windows of 2×2 pixels, two apart: what `pool`
 * computes, in the same order. An odd last row or column of x is left out.
 * x [images, height, width, channels], y [images, height / 2, width / 2, channels].
 */
export function averagePoolTwo(
  x: usize,
  y: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel: usize = <usize> channels << 2;
  const row: usize = pixel * width;
  const vectors: usize = pixel & ~15;
  const quarter = f32x4.splat(0.25);
  const high = height >> 1, wide = width >> 1;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < high; i++) {
      let p = x + <usize> (image * height + 2 * i) * row;
      for (let j = 0; j < wide; j++) {
        const vectorEnd = p + vectors, end = p + pixel;
        for (; p < vectorEnd; p += 16) {
          const upper = f32x4.add(v128.load(p), v128.load(p + pixel));
          const three = f32x4.add(upper, v128.load(p + row));
          const sum = f32x4.add(three, v128.load(p + row + pixel));
          v128.store(y, f32x4.mul(sum, quarter));
          y += 16;
        }
        for (; p < end; p += 4) {
          const upper = load<f32>(p) + load<f32>(p + pixel);
          const sum = upper + load<f32>(p + row) + load<f32>(p + row + pixel);
          store<f32>(y, sum * 0.25);
          y += 4;
        }
        p += pixel;
      }
    }
  }
}

/** Gradient of `averagePoolTwo`: a quarter of dy for each pixel of a window, 0 beyond the last. */
export function averagePoolTwoGradient(
  dy: usize,
  dx: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel: usize = <usize> channels << 2;
  const row: usize = pixel * width;
  const vectors: usize = pixel & ~15;
  const quarter = f32x4.splat(0.25);
  const high = height >> 1, wide = width >> 1;
  for (let image = 0; image < images; image++) {
    const start = dx + <usize> (image * height) * row;
    for (let i = 0; i < high; i++) {
      let p = start + <usize> (2 * i) * row;
      for (let j = 0; j < wide; j++) {
        const vectorEnd = p + vectors, end = p + pixel;
        for (; p < vectorEnd; p += 16) {
          const part = f32x4.mul(v128.load(dy), quarter);
          v128.store(p, part);
          v128.store(p + pixel, part);
          v128.store(p + row, part);
          v128.store(p + row + pixel, part);
          dy += 16;
        }
        for (; p < end; p += 4) {
          const part: f32 = load<f32>(dy) * 0.25;
          store<f32>(p, part);
          store<f32>(p + pixel, part);
          store<f32>(p + row, part);
          store<f32>(p + row + pixel, part);
          dy += 4;
        }
        p += pixel;
      }
      if (width & 1) {
        memory.fill(p, 0, pixel);
        memory.fill(p + row, 0, pixel);
      }
    }
    if (height & 1) memory.fill(start + <usize> (2 * high) * row, 0, row);
  }
}
