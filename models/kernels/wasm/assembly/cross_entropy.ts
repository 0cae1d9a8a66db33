// @ts-nocheck: AssemblyScript, compiled by asc

const LN2: f64 = 0.6931471805599453;

/** exp(x) for x ≤ 0: powers of two times a Taylor polynomial, to about 10⁻¹⁵. */
function exponential(x: f64): f64 {
  if (x < -700) return 0;
  const k = nearest<f64>(x / LN2);
  const r = x - k * LN2;
  let sum: f64 = 1;
  for (let i: f64 = 13; i > 0; i -= 1) sum = 1 + sum * r / i;
  return sum * reinterpret<f64>((<i64> k + 1023) << 52);
}

/** ln(x) for x ≥ 1: the series of atanh on the mantissa, to about 10⁻¹⁵. */
function logarithm(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let exponent = <f64> ((bits >> 52) - 1023);
  let mantissa = reinterpret<f64>(
    (bits & 0xfffffffffffff) | (<i64> 1023 << 52),
  );
  if (mantissa > 1.4142135623730951) {
    mantissa /= 2;
    exponent += 1;
  }
  const t = (mantissa - 1) / (mantissa + 1);
  const square = t * t;
  let sum: f64 = 0;
  for (let i: f64 = 23; i > 0; i -= 2) sum = sum * square + 1 / i;
  return exponent * LN2 + 2 * t * sum;
}

/**
 * Mean softmax cross-entropy of logits [n, classes] against smoothed labels,
 * and its gradient with respect to the logits.
 */
export function softmaxCrossEntropy(
  logits: usize,
  labels: usize, // i32 [n]
  loss: usize, // f32
  gradient: usize, // f32 [n, classes]
  n: i32,
  classes: i32,
  smoothing: f64,
): void {
  let total: f64 = 0;
  const share: f64 = smoothing / <f64> classes;
  for (let row = 0; row < n; row++) {
    let largest: f32 = -Infinity;
    for (let c = 0; c < classes; c++) {
      largest = max<f32>(largest, load<f32>(logits + (<usize> c << 2)));
    }
    let sum: f64 = 0;
    for (let c = 0; c < classes; c++) {
      const e = exponential(
        <f64> load<f32>(logits + (<usize> c << 2)) - <f64> largest,
      );
      store<f32>(gradient + (<usize> c << 2), <f32> e);
      sum += e;
    }
    const normaliser = logarithm(sum) + <f64> largest;
    const label = load<i32>(labels + (<usize> row << 2));
    for (let c = 0; c < classes; c++) {
      const target: f64 = share + (c == label ? 1 - smoothing : 0);
      total += target *
        (normaliser - <f64> load<f32>(logits + (<usize> c << 2)));
      const at = gradient + (<usize> c << 2);
      store<f32>(at, <f32> ((<f64> load<f32>(at) / sum - target) / <f64> n));
    }
    logits += <usize> classes << 2;
    gradient += <usize> classes << 2;
  }
  store<f32>(loss, <f32> (total / <f64> n));
}
