// @ts-nocheck: AssemblyScript, compiled by asc

/** out[frequency][panel][k][8] = G·g·Gᵀ of a packed 3×3 filter [panel][tap][k][8]. */
export function winogradFilterFour(
  filter: usize,
  out: usize,
  panels: i32,
  depth: i32, // values of k
  pitch: usize, // bytes between frequencies
): void {
  const tap: usize = <usize> depth << 5;
  for (let panel = 0; panel < panels; panel++) {
    let p = filter + <usize> (panel * 9) * tap;
    for (let k = 0; k < depth * 2; k++) {
      for (let i = 0; i < 6; i++) {
        // Row i of G·g, then that times Gᵀ.
        const a = filterRow(i, p, tap);
        const b = filterRow(i, p + tap, tap);
        const c = filterRow(i, p + 2 * tap, tap);
        for (let j = 0; j < 6; j++) {
          v128.store(
            out + <usize> (6 * i + j) * pitch,
            filterValue(j, a, b, c),
          );
        }
      }
      p += 16;
      out += 16;
    }
  }
}

function filterRow(i: i32, p: usize, tap: usize): v128 {
  return filterValue(
    i,
    v128.load(p),
    v128.load(p + 3 * tap),
    v128.load(p + 6 * tap),
  );
}

/** Row `i` of G times (a, b, c). */
function filterValue(i: i32, a: v128, b: v128, c: v128): v128 {
  if (i == 0) return f32x4.mul(a, f32x4.splat(0.25));
  if (i == 5) return c;
  const odd = f32x4.mul(b, f32x4.splat(i < 3 ? -1.0 / 6 : 1.0 / 12));
  const even = i < 3
    ? f32x4.mul(f32x4.add(a, c), f32x4.splat(-1.0 / 6))
    : f32x4.add(
      f32x4.mul(a, f32x4.splat(1.0 / 24)),
      f32x4.mul(c, f32x4.splat(1.0 / 6)),
    );
  return (i & 1) == 1 ? f32x4.add(even, odd) : f32x4.sub(even, odd);
}
