// @ts-nocheck: AssemblyScript, compiled by asc
// deno-fmt-ignore-file: the formatter would drop `@inline`

// The innermost loops of all products: six rows by eight columns of sums stay
// in registers, which are twelve vectors of 128 bits; by sixteen columns they are
// as many of 256 bits, of which six could not hide what a multiply-add takes.
// Each sum is written out: nothing but a local variable stays in a register. All
// functions are inlined, so that an argument which is a constant at the call
// costs nothing there.

/**
 * The sums of six rows and eight columns, from `start0` and `start1`:
 * out[r, 0…7] = max(low, start + Σ over s, k of row[r][offset of s + k]·b[s, k, 0…7]).
 * `rows` and `columns` say how much of it is stored, `bounded` whether `low` counts.
 */
@inline
export function productTile(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  row4: usize,
  row5: usize,
  offsets: usize, // of each segment, in bytes; 0 for one that begins with its row
  segments: i32,
  length: i32, // of a segment
  even: bool, // whether the length surely is
  b: usize,
  start0: v128,
  start1: v128,
  out: usize,
  pitch: usize, // bytes between rows of `out`
  rows: i32,
  columns: i32,
  bounded: bool,
  low: v128,
): void {
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
    const offset: usize = offsets ? load<i32>(offsets + (<usize> s << 2)) : 0;
    let a0 = row0 + offset, a1 = row1 + offset, a2 = row2 + offset;
    let a3 = row3 + offset, a4 = row4 + offset, a5 = row5 + offset;
    // Two values of k at a time: half as many sums of addresses.
    for (let k = length >> 1; k > 0; k--) {
      let b0 = v128.load(b), b1 = v128.load(b, 16);
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
      b0 = v128.load(b, 32), b1 = v128.load(b, 48);
      a = v128.load_splat<f32>(a0, 4);
      c00 = f32x4.relaxed_madd(a, b0, c00);
      c01 = f32x4.relaxed_madd(a, b1, c01);
      a = v128.load_splat<f32>(a1, 4);
      c10 = f32x4.relaxed_madd(a, b0, c10);
      c11 = f32x4.relaxed_madd(a, b1, c11);
      a = v128.load_splat<f32>(a2, 4);
      c20 = f32x4.relaxed_madd(a, b0, c20);
      c21 = f32x4.relaxed_madd(a, b1, c21);
      a = v128.load_splat<f32>(a3, 4);
      c30 = f32x4.relaxed_madd(a, b0, c30);
      c31 = f32x4.relaxed_madd(a, b1, c31);
      a = v128.load_splat<f32>(a4, 4);
      c40 = f32x4.relaxed_madd(a, b0, c40);
      c41 = f32x4.relaxed_madd(a, b1, c41);
      a = v128.load_splat<f32>(a5, 4);
      c50 = f32x4.relaxed_madd(a, b0, c50);
      c51 = f32x4.relaxed_madd(a, b1, c51);
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      a4 += 8;
      a5 += 8;
      b += 64;
    }
    if (!even && length & 1) {
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
      b += 32;
    }
  }
  if (bounded) {
    c00 = f32x4.max(c00, low), c01 = f32x4.max(c01, low);
    c10 = f32x4.max(c10, low), c11 = f32x4.max(c11, low);
    c20 = f32x4.max(c20, low), c21 = f32x4.max(c21, low);
    c30 = f32x4.max(c30, low), c31 = f32x4.max(c31, low);
    c40 = f32x4.max(c40, low), c41 = f32x4.max(c41, low);
    c50 = f32x4.max(c50, low), c51 = f32x4.max(c51, low);
  }
  store8(out, c00, c01, columns);
  if (rows > 1) store8(out += pitch, c10, c11, columns);
  if (rows > 2) store8(out += pitch, c20, c21, columns);
  if (rows > 3) store8(out += pitch, c30, c31, columns);
  if (rows > 4) store8(out += pitch, c40, c41, columns);
  if (rows > 5) store8(out + pitch, c50, c51, columns);
}

function store8(out: usize, c0: v128, c1: v128, columns: i32): void {
  if (columns >= 8) {
    v128.store(out, c0);
    v128.store(out, c1, 16);
  } else storePart(out, c0, c1, columns);
}

function storePart(out: usize, c0: v128, c1: v128, columns: i32): void {
  if (columns >= 4) {
    v128.store(out, c0);
    out += 16;
    columns -= 4;
    c0 = c1;
  }
  if (columns > 0) store<f32>(out, f32x4.extract_lane(c0, 0));
  if (columns > 1) store<f32>(out, f32x4.extract_lane(c0, 1), 4);
  if (columns > 2) store<f32>(out, f32x4.extract_lane(c0, 2), 8);
}

/**
 * out[k, 0…7] += Σ over i, j of a[i, j, k]·b[i, j, 0…7] for `held` k, four or
 * six, of which the first `rows` are stored.
 */
@inline
export function sumTile(
  a: usize,
  b: usize, // without gaps between rows
  out: usize,
  high: i32, // values of i
  wide: i32, // values of j
  aRow: usize, // bytes between values of i
  aPitch: usize, // bytes between values of j
  pitch: usize, // the same of b, and bytes between rows of `out`
  held: i32,
  rows: i32,
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
  for (let i = 0; i < high; i++) {
    let p = a;
    for (let j = 0; j < wide; j++) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let s = v128.load_splat<f32>(p);
      c00 = f32x4.relaxed_madd(s, b0, c00);
      c01 = f32x4.relaxed_madd(s, b1, c01);
      s = v128.load_splat<f32>(p, 4);
      c10 = f32x4.relaxed_madd(s, b0, c10);
      c11 = f32x4.relaxed_madd(s, b1, c11);
      s = v128.load_splat<f32>(p, 8);
      c20 = f32x4.relaxed_madd(s, b0, c20);
      c21 = f32x4.relaxed_madd(s, b1, c21);
      s = v128.load_splat<f32>(p, 12);
      c30 = f32x4.relaxed_madd(s, b0, c30);
      c31 = f32x4.relaxed_madd(s, b1, c31);
      if (held == 6) {
        s = v128.load_splat<f32>(p, 16);
        c40 = f32x4.relaxed_madd(s, b0, c40);
        c41 = f32x4.relaxed_madd(s, b1, c41);
        s = v128.load_splat<f32>(p, 20);
        c50 = f32x4.relaxed_madd(s, b0, c50);
        c51 = f32x4.relaxed_madd(s, b1, c51);
      }
      p += aPitch;
      b += pitch;
    }
    a += aRow;
  }
  accumulate(out, c00, c01);
  if (rows > 1) accumulate(out += pitch, c10, c11);
  if (rows > 2) accumulate(out += pitch, c20, c21);
  if (rows > 3) accumulate(out += pitch, c30, c31);
  if (held == 6) {
    if (rows > 4) accumulate(out += pitch, c40, c41);
    if (rows > 5) accumulate(out + pitch, c50, c51);
  }
}

function accumulate(out: usize, c0: v128, c1: v128): void {
  c0 = f32x4.add(v128.load(out), c0);
  c1 = f32x4.add(v128.load(out, 16), c1);
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

/** The sums of six rows and of the columns of two panels: out[r, 0…15] = Σ over k of a[r, k]·b[panel, k, 0…7]. */
@inline
export function productTilePair(
  a0: usize,
  row: usize, // bytes between rows of `a`
  length: i32, // values of k
  b: usize,
  panel: usize, // bytes between the panels
  out: usize,
  pitch: usize, // bytes between rows of `out`
): void {
  let a1 = a0 + row, a2 = a1 + row, a3 = a2 + row, a4 = a3 + row, a5 = a4 + row;
  const zero = f32x4.splat(0);
  let c00 = zero, c01 = zero, c02 = zero, c03 = zero;
  let c10 = zero, c11 = zero, c12 = zero, c13 = zero;
  let c20 = zero, c21 = zero, c22 = zero, c23 = zero;
  let c30 = zero, c31 = zero, c32 = zero, c33 = zero;
  let c40 = zero, c41 = zero, c42 = zero, c43 = zero;
  let c50 = zero, c51 = zero, c52 = zero, c53 = zero;
  let d = b + panel;
  for (let k = length; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const b2 = v128.load(d), b3 = v128.load(d, 16);
    let a = v128.load_splat<f32>(a0);
    c00 = f32x4.relaxed_madd(a, b0, c00);
    c01 = f32x4.relaxed_madd(a, b1, c01);
    c02 = f32x4.relaxed_madd(a, b2, c02);
    c03 = f32x4.relaxed_madd(a, b3, c03);
    a = v128.load_splat<f32>(a1);
    c10 = f32x4.relaxed_madd(a, b0, c10);
    c11 = f32x4.relaxed_madd(a, b1, c11);
    c12 = f32x4.relaxed_madd(a, b2, c12);
    c13 = f32x4.relaxed_madd(a, b3, c13);
    a = v128.load_splat<f32>(a2);
    c20 = f32x4.relaxed_madd(a, b0, c20);
    c21 = f32x4.relaxed_madd(a, b1, c21);
    c22 = f32x4.relaxed_madd(a, b2, c22);
    c23 = f32x4.relaxed_madd(a, b3, c23);
    a = v128.load_splat<f32>(a3);
    c30 = f32x4.relaxed_madd(a, b0, c30);
    c31 = f32x4.relaxed_madd(a, b1, c31);
    c32 = f32x4.relaxed_madd(a, b2, c32);
    c33 = f32x4.relaxed_madd(a, b3, c33);
    a = v128.load_splat<f32>(a4);
    c40 = f32x4.relaxed_madd(a, b0, c40);
    c41 = f32x4.relaxed_madd(a, b1, c41);
    c42 = f32x4.relaxed_madd(a, b2, c42);
    c43 = f32x4.relaxed_madd(a, b3, c43);
    a = v128.load_splat<f32>(a5);
    c50 = f32x4.relaxed_madd(a, b0, c50);
    c51 = f32x4.relaxed_madd(a, b1, c51);
    c52 = f32x4.relaxed_madd(a, b2, c52);
    c53 = f32x4.relaxed_madd(a, b3, c53);
    a0 += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4, a5 += 4;
    b += 32, d += 32;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c02, 32);
  v128.store(out, c03, 48);
  out += pitch;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  v128.store(out, c12, 32);
  v128.store(out, c13, 48);
  out += pitch;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  v128.store(out, c22, 32);
  v128.store(out, c23, 48);
  out += pitch;
  v128.store(out, c30);
  v128.store(out, c31, 16);
  v128.store(out, c32, 32);
  v128.store(out, c33, 48);
  out += pitch;
  v128.store(out, c40);
  v128.store(out, c41, 16);
  v128.store(out, c42, 32);
  v128.store(out, c43, 48);
  out += pitch;
  v128.store(out, c50);
  v128.store(out, c51, 16);
  v128.store(out, c52, 32);
  v128.store(out, c53, 48);
}

/** out[k, 0…15] += Σ over j of a[j, k]·b[j, 0…15] for `held` k, four or six. */
@inline
export function sumTilePair(
  a: usize,
  b: usize,
  out: usize,
  n: i32, // values of j
  aPitch: usize, // bytes between values of j
  pitch: usize, // the same of b, and bytes between rows of `out`
  held: i32,
): void {
  const zero = f32x4.splat(0);
  let c00 = zero, c01 = zero, c02 = zero, c03 = zero;
  let c10 = zero, c11 = zero, c12 = zero, c13 = zero;
  let c20 = zero, c21 = zero, c22 = zero, c23 = zero;
  let c30 = zero, c31 = zero, c32 = zero, c33 = zero;
  let c40 = zero, c41 = zero, c42 = zero, c43 = zero;
  let c50 = zero, c51 = zero, c52 = zero, c53 = zero;
  for (let j = 0; j < n; j++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    let s = v128.load_splat<f32>(a);
    c00 = f32x4.relaxed_madd(s, b0, c00);
    c01 = f32x4.relaxed_madd(s, b1, c01);
    c02 = f32x4.relaxed_madd(s, b2, c02);
    c03 = f32x4.relaxed_madd(s, b3, c03);
    s = v128.load_splat<f32>(a, 4);
    c10 = f32x4.relaxed_madd(s, b0, c10);
    c11 = f32x4.relaxed_madd(s, b1, c11);
    c12 = f32x4.relaxed_madd(s, b2, c12);
    c13 = f32x4.relaxed_madd(s, b3, c13);
    s = v128.load_splat<f32>(a, 8);
    c20 = f32x4.relaxed_madd(s, b0, c20);
    c21 = f32x4.relaxed_madd(s, b1, c21);
    c22 = f32x4.relaxed_madd(s, b2, c22);
    c23 = f32x4.relaxed_madd(s, b3, c23);
    s = v128.load_splat<f32>(a, 12);
    c30 = f32x4.relaxed_madd(s, b0, c30);
    c31 = f32x4.relaxed_madd(s, b1, c31);
    c32 = f32x4.relaxed_madd(s, b2, c32);
    c33 = f32x4.relaxed_madd(s, b3, c33);
    if (held == 6) {
      s = v128.load_splat<f32>(a, 16);
      c40 = f32x4.relaxed_madd(s, b0, c40);
      c41 = f32x4.relaxed_madd(s, b1, c41);
      c42 = f32x4.relaxed_madd(s, b2, c42);
      c43 = f32x4.relaxed_madd(s, b3, c43);
      s = v128.load_splat<f32>(a, 20);
      c50 = f32x4.relaxed_madd(s, b0, c50);
      c51 = f32x4.relaxed_madd(s, b1, c51);
      c52 = f32x4.relaxed_madd(s, b2, c52);
      c53 = f32x4.relaxed_madd(s, b3, c53);
    }
    a += aPitch;
    b += pitch;
  }
  accumulate(out, c00, c01);
  accumulate(out + 32, c02, c03);
  out += pitch;
  accumulate(out, c10, c11);
  accumulate(out + 32, c12, c13);
  out += pitch;
  accumulate(out, c20, c21);
  accumulate(out + 32, c22, c23);
  out += pitch;
  accumulate(out, c30, c31);
  accumulate(out + 32, c32, c33);
  if (held == 6) {
    out += pitch;
    accumulate(out, c40, c41);
    accumulate(out + 32, c42, c43);
    out += pitch;
    accumulate(out, c50, c51);
    accumulate(out + 32, c52, c53);
  }
}
