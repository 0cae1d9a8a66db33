// @ts-nocheck: AssemblyScript, compiled by asc
// deno-fmt-ignore-file: the formatter would drop `@inline`

// Two vectors beside each other go by turns, as in winograd_four.ts.

/** out[frequency][tile][column] = A·dy·Aᵀ of a row of tiles; pixels outside are zero. */
export function transformOutputGradient(
  dy: usize,
  out: usize,
  width: i32,
  columns: i32,
  rows: i32,
  pitch: usize,
  working: usize, // [column][6] of four channels or eight
): void {
  const pixel: usize = <usize> columns << 2;
  const row: usize = pixel * width;
  const skip: usize = (<usize> columns & 4) << 2;
  for (let j = 0; j < width; j += 4) {
    const wide = min(4, width - j);
    const isWhole = wide == 4 && rows == 4;
    let column: usize = 0;
    if (isWhole) {
      for (; column + 32 <= pixel; column += 32) {
        const p = dy + column;
        let w = working;
        for (let right: usize = 0; right < 4; right++) {
          spreadFrom(p + right * pixel, row, w, 32, true);
          w += 192;
        }
        spreadTile(working, out, pitch, true);
        out += 32;
      }
    }
    for (; column < pixel; column += 16) {
      const p = dy + column;
      let w = working;
      for (let right = 0; right < 4; right++) {
        if (right < wide) {
          const q = p + <usize> right * pixel;
          if (rows == 4) spreadFrom(q, row, w, 16, false);
          else spreadEdge(q, row, rows, w);
        } else memory.fill(w, 0, 96);
        w += 96;
      }
      spreadTile(working, out, pitch, false);
      out += 16;
    }
    out += skip;
    dy += 4 * pixel;
  }
}

/** The tile of four columns of A·dy. */
@inline
function spreadTile(working: usize, out: usize, pitch: usize, wide: bool): void {
  const vector: usize = wide ? 32 : 16;
  let w = working;
  for (let i = 0; i < 6; i++) {
    spreadFrom(w, 6 * vector, out, pitch, wide);
    w += vector;
    out += 6 * pitch;
  }
}

/** A times four, `fromStep` bytes apart. */
@inline
function spreadFrom(from: usize, fromStep: usize, to: usize, step: usize, wide: bool): void {
  const two = f32x4.splat(2), four = f32x4.splat(4);
  const a = v128.load(from), e = wide ? v128.load(from, 16) : two;
  from += fromStep;
  const b = v128.load(from), f = wide ? v128.load(from, 16) : two;
  from += fromStep;
  const c = v128.load(from), g = wide ? v128.load(from, 16) : two;
  from += fromStep;
  const d = v128.load(from), h = wide ? v128.load(from, 16) : two;
  v128.store(to, a);
  if (wide) v128.store(to, e, 16);
  const even = f32x4.add(a, c), evenY = f32x4.add(e, g);
  const odd = f32x4.add(b, d), oddY = f32x4.add(f, h);
  to += step;
  v128.store(to, f32x4.add(even, odd));
  if (wide) v128.store(to, f32x4.add(evenY, oddY), 16);
  to += step;
  v128.store(to, f32x4.sub(even, odd));
  if (wide) v128.store(to, f32x4.sub(evenY, oddY), 16);
  const far = f32x4.add(a, f32x4.mul(four, c)), farY = f32x4.add(e, f32x4.mul(four, g));
  const farOdd = f32x4.mul(two, f32x4.add(b, f32x4.mul(four, d)));
  const farOddY = f32x4.mul(two, f32x4.add(f, f32x4.mul(four, h)));
  to += step;
  v128.store(to, f32x4.add(far, farOdd));
  if (wide) v128.store(to, f32x4.add(farY, farOddY), 16);
  to += step;
  v128.store(to, f32x4.sub(far, farOdd));
  if (wide) v128.store(to, f32x4.sub(farY, farOddY), 16);
  to += step;
  v128.store(to, d);
  if (wide) v128.store(to, h, 16);
}

/** The same where less than four rows are in the image, without gaps. */
function spreadEdge(from: usize, fromStep: usize, rows: i32, to: usize): void {
  memory.fill(to, 0, 96);
  for (let row = 0; row < rows; row++) {
    v128.store(to + (<usize> row << 4), v128.load(from));
    from += fromStep;
  }
  spreadFrom(to, 16, to, 16, false);
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
