// @ts-nocheck: AssemblyScript, compiled by asc
import { get, put } from "./vector_or_lane.ts";

function lanes(c: i32, channels: i32): bool {
  return c + 4 <= channels;
}

/**
 * Maximum or average of windows, padding left out of both.
 * x [images, height, width, channels], y [images, outHeight, outWidth, channels].
 */
export function pool(
  x: usize,
  y: usize,
  average: i32,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
): void {
  const pitch: usize = <usize> channels << 2;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let c = 0; c < channels;) {
          const wide = lanes(c, channels);
          let value = f32x4.splat(average ? 0 : -Infinity);
          let count: f32 = 0;
          for (let u = 0; u < windowHeight; u++) {
            const row = i * strideHeight + u * dilationHeight - top;
            if (row < 0 || row >= height) continue;
            for (let v = 0; v < windowWidth; v++) {
              const column = j * strideWidth + v * dilationWidth - left;
              if (column < 0 || column >= width) continue;
              const p = x + <usize> (row * width + column) * pitch +
                (<usize> c << 2);
              value = average
                ? f32x4.add(value, get(p, wide))
                : f32x4.max(value, get(p, wide));
              count += 1;
            }
          }
          if (average) value = f32x4.div(value, f32x4.splat(count));
          put(y + (<usize> c << 2), value, wide);
          c += wide ? 4 : 1;
        }
        y += pitch;
      }
    }
    x += <usize> (height * width) * pitch;
  }
}

/**
 * Gradient of `pool`: dx, cleared before, gains what each window passes back.
 * The gradient of a maximum goes to the first place that holds it.
 */
export function poolGradient(
  x: usize, // for the maximum
  dy: usize,
  dx: usize,
  average: i32,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  dilationHeight: i32,
  dilationWidth: i32,
  top: i32,
  left: i32,
): void {
  const pitch: usize = <usize> channels << 2;
  memory.fill(dx, 0, <usize> (images * height * width) * pitch);
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        for (let c = 0; c < channels;) {
          const wide = lanes(c, channels);
          let best = f32x4.splat(-Infinity);
          let count: f32 = 0;
          for (let u = 0; u < windowHeight; u++) {
            const row = i * strideHeight + u * dilationHeight - top;
            if (row < 0 || row >= height) continue;
            for (let v = 0; v < windowWidth; v++) {
              const column = j * strideWidth + v * dilationWidth - left;
              if (column < 0 || column >= width) continue;
              count += 1;
              if (!average) {
                best = f32x4.max(
                  best,
                  get(
                    x + <usize> (row * width + column) * pitch +
                      (<usize> c << 2),
                    wide,
                  ),
                );
              }
            }
          }
          let open = i32x4.splat(-1);
          const gradient = get(dy + (<usize> c << 2), wide);
          const part = f32x4.div(gradient, f32x4.splat(count));
          for (let u = 0; u < windowHeight; u++) {
            const row = i * strideHeight + u * dilationHeight - top;
            if (row < 0 || row >= height) continue;
            for (let v = 0; v < windowWidth; v++) {
              const column = j * strideWidth + v * dilationWidth - left;
              if (column < 0 || column >= width) continue;
              const at = <usize> (row * width + column) * pitch +
                (<usize> c << 2);
              let gain = part;
              if (!average) {
                const hit = v128.and(open, f32x4.eq(get(x + at, wide), best));
                open = v128.andnot(open, hit);
                gain = v128.and(gradient, hit);
              }
              put(dx + at, f32x4.add(get(dx + at, wide), gain), wide);
            }
          }
          c += wide ? 4 : 1;
        }
        dy += pitch;
      }
    }
    x += <usize> (height * width) * pitch;
    dx += <usize> (height * width) * pitch;
  }
}
