/**
 * Places a picture in the middle of a larger square, as MNIST was made: moved
 * by whole pixels so that the centre of mass of its ink, pixels counted from 0,
 * comes nearest to half the side of the square (14 of 28; all of MNIST's own
 * images stay where they are). What would lie outside is cut off.
 *
 * @param ink [side, side], 0 ground, 255 ink
 * @param options.side side of the picture
 * @param options.size side of the square
 * @returns [size, size]
 * @throws {RangeError} if there is no ink
 */
export function centreByMass(
  ink: Uint8Array,
  { side, size }: { readonly side: number; readonly size: number },
): Uint8Array {
  let [mass, alongX, alongY] = [0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const amount = ink[y * side + x] ?? 0;
      mass += amount;
      alongX += amount * x;
      alongY += amount * y;
    }
  }
  if (mass === 0) {
    throw new RangeError("Cannot centre a picture: there is no ink in it");
  }
  const right = nearest(size / 2 - alongX / mass);
  const down = nearest(size / 2 - alongY / mass);
  const square = new Uint8Array(size * size);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [y + down, x + right];
      if (row < 0 || row >= size || column < 0 || column >= size) continue;
      square[row * size + column] = ink[y * side + x] ?? 0;
    }
  }
  return square;
}

/** The nearest whole number, of two the smaller: so a digit of MNIST whose centre lies at 13.5 stays. */
function nearest(value: number): number {
  return Math.ceil(value - 0.5);
}
