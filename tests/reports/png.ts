import { encode } from "fast-png";

/** A small picture: two rows of ten squares. */
export function png(): Uint8Array {
  const [columns, square] = [10, 16];
  const [width, height] = [columns * square, 2 * square];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / square);
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 3 + channel] = y < square
          ? 90 + 12 * column
          : 80 + (column * 67 + channel * 91) % 160;
      }
    }
  }
  return encode({ width, height, data, channels: 3, depth: 8 });
}
