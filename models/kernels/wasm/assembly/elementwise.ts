// @ts-nocheck: AssemblyScript, compiled by asc

const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const MAXIMUM = 4;
const MINIMUM = 5;
const SUBTRACT_FROM = 6;
const DIVIDE_INTO = 7;

function apply(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == MAXIMUM) return f32x4.max(a, b);
  if (operation == MINIMUM) return f32x4.min(a, b);
  if (operation == SUBTRACT_FROM) return f32x4.sub(b, a);
  return f32x4.div(b, a);
}

function one(operation: i32, a: f32, b: f32): f32 {
  return f32x4.extract_lane(
    apply(operation, f32x4.splat(a), f32x4.splat(b)),
    0,
  );
}

function loops(
  operation: i32,
  a: usize,
  b: usize,
  y: usize,
  outer: i32,
  groups: i32,
  repeats: i32,
  run: i32,
): void {
  for (let o = 0; o < outer; o++) {
    let row = b;
    for (let g = 0; g < groups; g++) {
      if (run == 1) {
        const value = load<f32>(row);
        const values = f32x4.splat(value);
        let i = 0;
        for (; i + 4 <= repeats; i += 4) {
          v128.store(y, apply(operation, v128.load(a), values));
          a += 16;
          y += 16;
        }
        for (; i < repeats; i++) {
          store<f32>(y, one(operation, load<f32>(a), value));
          a += 4;
          y += 4;
        }
      } else {
        for (let r = 0; r < repeats; r++) {
          let p = row;
          let i = 0;
          for (; i + 4 <= run; i += 4) {
            v128.store(y, apply(operation, v128.load(a), v128.load(p)));
            a += 16;
            p += 16;
            y += 16;
          }
          for (; i < run; i++) {
            store<f32>(y, one(operation, load<f32>(a), load<f32>(p)));
            a += 4;
            p += 4;
            y += 4;
          }
        }
      }
      row += <usize> run << 2;
    }
  }
}

/**
 * y = a ∘ b for a, y [outer, groups, repeats, run] and b [groups, run].
 */
export function binary(
  operation: i32,
  a: usize,
  b: usize,
  y: usize,
  outer: i32,
  groups: i32,
  repeats: i32,
  run: i32,
): void {
  switch (operation) {
    case ADD:
      return loops(ADD, a, b, y, outer, groups, repeats, run);
    case SUBTRACT:
      return loops(SUBTRACT, a, b, y, outer, groups, repeats, run);
    case MULTIPLY:
      return loops(MULTIPLY, a, b, y, outer, groups, repeats, run);
    case DIVIDE:
      return loops(DIVIDE, a, b, y, outer, groups, repeats, run);
    case MAXIMUM:
      return loops(MAXIMUM, a, b, y, outer, groups, repeats, run);
    case MINIMUM:
      return loops(MINIMUM, a, b, y, outer, groups, repeats, run);
    case SUBTRACT_FROM:
      return loops(SUBTRACT_FROM, a, b, y, outer, groups, repeats, run);
    default:
      return loops(DIVIDE_INTO, a, b, y, outer, groups, repeats, run);
  }
}

const RELU = 0;
const STEP = 1;
const SQUARE = 2;
const NEGATE = 3;

function map(operation: i32, x: v128): v128 {
  const zero = f32x4.splat(0);
  if (operation == RELU) return f32x4.max(x, zero);
  if (operation == SQUARE) return f32x4.mul(x, x);
  if (operation == NEGATE) return f32x4.neg(x);
  const step = v128.and(f32x4.gt(x, zero), f32x4.splat(1));
  return v128.bitselect(step, x, f32x4.eq(x, x)); // NaN stays NaN
}

function mapAll(operation: i32, x: usize, y: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, map(operation, v128.load(x)));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    store<f32>(
      y,
      f32x4.extract_lane(map(operation, v128.load_splat<f32>(x)), 0),
    );
    x += 4;
    y += 4;
  }
}

/** y = operation(x), `n` values. */
export function unary(operation: i32, x: usize, y: usize, n: i32): void {
  if (operation == RELU) mapAll(RELU, x, y, n);
  else if (operation == STEP) mapAll(STEP, x, y, n);
  else if (operation == SQUARE) mapAll(SQUARE, x, y, n);
  else mapAll(NEGATE, x, y, n);
}

/** dx = dy where y > 0, else 0. */
export function reluGradient(dy: usize, y: usize, dx: usize, n: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
    dy += 16;
    y += 16;
    dx += 16;
  }
  for (; i < n; i++) {
    store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) : 0);
    dy += 4;
    y += 4;
    dx += 4;
  }
}

/** y = max(0, y + residual) for y [pixel, columns], residual [pixel, channels]; further columns gain nothing. */
export function addRelu(
  y: usize,
  residual: usize,
  pixels: i32,
  columns: i32,
  channels: i32,
): void {
  const zero = f32x4.splat(0);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const sum = f32x4.add(v128.load(y), v128.load(residual));
      v128.store(y, f32x4.max(sum, zero));
      y += 16;
      residual += 16;
    }
    for (; c < channels; c++) {
      store<f32>(y, max<f32>(load<f32>(y) + load<f32>(residual), 0));
      y += 4;
      residual += 4;
    }
    for (; c < columns; c++) {
      store<f32>(y, max<f32>(load<f32>(y), 0));
      y += 4;
    }
  }
}
