// @ts-nocheck: AssemblyScript, compiled by asc

/**
 * Packs a matrix, element (row, column) at row·rowStep + column·columnStep
 * bytes, into panels of eight columns, [panel][row][8], the last filled up
 * with zeros. Panels lie `panelBytes` apart.
 */
export function pack(
  source: usize,
  out: usize,
  rows: i32,
  columns: i32,
  rowStep: i32,
  columnStep: i32,
  panelBytes: i32,
): void {
  for (let column = 0; column < columns; column += 8) {
    const wide = min(8, columns - column);
    let from = source + <usize> column * columnStep;
    let to = out + <usize> (column >> 3) * panelBytes;
    for (let row = 0; row < rows; row++) {
      if (wide == 8 && columnStep == 4) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        let p = from;
        for (let i = 0; i < 8; i++) {
          store<f32>(to + (<usize> i << 2), i < wide ? load<f32>(p) : 0);
          p += columnStep;
        }
      }
      from += rowStep;
      to += 32;
    }
  }
}

/** Copies `rows` rows of `bytes` bytes (a multiple of four) between two pitches. */
export function copyRows(
  source: usize,
  out: usize,
  rows: i32,
  bytes: i32,
  sourcePitch: i32,
  outPitch: i32,
): void {
  for (let row = 0; row < rows; row++) {
    copy(out, source, bytes);
    source += sourcePitch;
    out += outPitch;
  }
}

/** Writes `bytes` zero bytes. */
export function clear(out: usize, bytes: i32): void {
  memory.fill(out, 0, bytes);
}

/**
 * Copies images into larger ones: pixel (i, j) goes to (top + i·upHeight,
 * left + j·upWidth) where that lies inside. Nothing else is written.
 */
export function place(
  source: usize, // [images, height, width, channels]
  out: usize, // [images, outHeight, outWidth], pixels of outPixel bytes
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  upHeight: i32,
  upWidth: i32,
  outHeight: i32,
  outWidth: i32,
  outPixel: i32,
): void {
  const pixel: usize = <usize> channels << 2;
  const firstColumn = left < 0 ? (upWidth - 1 - left) / upWidth : 0;
  const endColumn = min(width, (outWidth - left + upWidth - 1) / upWidth);
  const dense = upWidth == 1 && <usize> outPixel == pixel;
  if (endColumn <= firstColumn) return;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < height; i++) {
      const row = top + i * upHeight;
      if (row < 0 || row >= outHeight) continue;
      const column = left + firstColumn * upWidth;
      let from = source +
        <usize> ((image * height + i) * width + firstColumn) * pixel;
      let to = out +
        <usize> ((image * outHeight + row) * outWidth + column) * outPixel;
      if (dense) {
        copy(to, from, <i32> (<usize> (endColumn - firstColumn) * pixel));
        continue;
      }
      for (let j = firstColumn; j < endColumn; j++) {
        copy(to, from, <i32> pixel);
        from += pixel;
        to += upWidth * outPixel;
      }
    }
  }
}

/**
 * Copies a tensor of five axes into another order: `axes` holds the size of
 * each axis of the result, then its distance in bytes in the source.
 */
export function permute(source: usize, out: usize, axes: usize): void {
  const n0 = load<i32>(axes), n1 = load<i32>(axes, 4), n2 = load<i32>(axes, 8);
  const n3 = load<i32>(axes, 12), n4 = load<i32>(axes, 16);
  const s0: usize = load<i32>(axes, 20), s1: usize = load<i32>(axes, 24);
  const s2: usize = load<i32>(axes, 28), s3: usize = load<i32>(axes, 32);
  const s4: usize = load<i32>(axes, 36);
  let p0 = source;
  for (let i0 = 0; i0 < n0; i0++) {
    let p1 = p0;
    for (let i1 = 0; i1 < n1; i1++) {
      let p2 = p1;
      for (let i2 = 0; i2 < n2; i2++) {
        let p3 = p2;
        for (let i3 = 0; i3 < n3; i3++) {
          if (s4 == 4) {
            copy(out, p3, n4 << 2);
            out += <usize> n4 << 2;
          } else {
            let p4 = p3;
            for (let i4 = 0; i4 < n4; i4++) {
              store<f32>(out, load<f32>(p4));
              out += 4;
              p4 += s4;
            }
          }
          p3 += s3;
        }
        p2 += s2;
      }
      p1 += s1;
    }
    p0 += s0;
  }
}

/** out [columns, rows] = the transpose of source [rows, columns]. */
export function transpose(
  source: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  // Eight columns at a time: each cache line of the source is read once.
  for (let first = 0; first < columns; first += 8) {
    const end = min(first + 8, columns);
    for (let row = 0; row < rows; row++) {
      for (let column = first; column < end; column++) {
        store<f32>(
          out + (<usize> (column * rows + row) << 2),
          load<f32>(source + (<usize> (row * columns + column) << 2)),
        );
      }
    }
  }
}

function copy(to: usize, from: usize, bytes: i32): void {
  const end = to + bytes;
  for (; to + 16 <= end; to += 16) {
    v128.store(to, v128.load(from));
    from += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(from));
    from += 4;
  }
}
