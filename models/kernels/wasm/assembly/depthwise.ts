// @ts-nocheck: AssemblyScript, compiled by asc

/**
 * y[pixel, c·step] (+)= Σ over taps of x[pixel + tap, c·xStep]·filter[tap, c·filterStep].
 *
 * Patches lie in a padded input; `offsets` holds the byte offset of each tap.
 * With all steps one, four channels are computed at a time.
 */
export function depthwise(
  x: usize,
  filter: usize,
  y: usize,
  images: i32,
  height: i32,
  width: i32,
  imagePitch: i32,
  rowPitch: i32,
  pixelPitch: i32,
  offsets: usize,
  taps: i32,
  channels: i32,
  xStep: i32,
  filterStep: i32,
  yStep: i32,
  filterPitch: i32, // bytes
  yPitch: i32, // bytes
  add: i32,
): void {
  const dense = xStep == 1 && filterStep == 1 && yStep == 1;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < height; i++) {
      let p = x + <usize> image * imagePitch + <usize> i * rowPitch;
      for (let j = 0; j < width; j++) {
        for (let c = 0; c < channels;) {
          const wide = dense && c + 4 <= channels;
          const to = y + (<usize> (c * yStep) << 2);
          const from = p + (<usize> (c * xStep) << 2);
          let weight = filter + (<usize> (c * filterStep) << 2);
          if (wide) {
            let sum = add ? v128.load(to) : f32x4.splat(0);
            for (let t = 0; t < taps; t++) {
              const offset: usize = load<i32>(offsets + (<usize> t << 2));
              sum = f32x4.relaxed_madd(
                v128.load(from + offset),
                v128.load(weight),
                sum,
              );
              weight += filterPitch;
            }
            v128.store(to, sum);
            c += 4;
          } else {
            let sum: f32 = add ? load<f32>(to) : 0;
            for (let t = 0; t < taps; t++) {
              const offset: usize = load<i32>(offsets + (<usize> t << 2));
              sum += load<f32>(from + offset) * load<f32>(weight);
              weight += filterPitch;
            }
            store<f32>(to, sum);
            c++;
          }
        }
        p += pixelPitch;
        y += yPitch;
      }
    }
  }
}

/** sums[tap, c·step] += Σ over pixels of x[pixel + tap, c]·dy[pixel, c·step]; sums have dy's row pitch. */
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
  sums: usize,
  images: i32,
  height: i32,
  width: i32,
  imagePitch: i32,
  rowPitch: i32,
  pixelPitch: i32,
  offsets: usize,
  taps: i32,
  channels: i32,
  step: i32,
  dyPitch: i32, // bytes
): void {
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < height; i++) {
      const row = x + <usize> image * imagePitch + <usize> i * rowPitch;
      for (let t = 0; t < taps; t++) {
        const patch = row + load<i32>(offsets + (<usize> t << 2));
        const out = sums + <usize> t * dyPitch;
        for (let c = 0; c < channels;) {
          let p = patch + (<usize> c << 2);
          let q = dy + (<usize> (c * step) << 2);
          const to = out + (<usize> (c * step) << 2);
          if (step == 1 && c + 4 <= channels) {
            let sum = f32x4.splat(0);
            for (let j = 0; j < width; j++) {
              sum = f32x4.relaxed_madd(v128.load(p), v128.load(q), sum);
              p += pixelPitch;
              q += dyPitch;
            }
            v128.store(to, f32x4.add(v128.load(to), sum));
            c += 4;
          } else {
            let sum: f32 = 0;
            for (let j = 0; j < width; j++) {
              sum += load<f32>(p) * load<f32>(q);
              p += pixelPitch;
              q += dyPitch;
            }
            store<f32>(to, load<f32>(to) + sum);
            c++;
          }
        }
      }
      dy += <usize> width * dyPitch;
    }
  }
}
