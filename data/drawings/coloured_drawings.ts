import type { Stream } from "../../engine/define/random.ts";

/** Least difference in brightness between ink and ground, so that a drawing can be seen. */
export const CONTRAST = 0.25;

/** Red, green and blue, 0…1. */
export type Colour = readonly [number, number, number];

/** Brightness 0…1 of a colour as an eye sees it (ITU-R BT.601). */
export function luma([red, green, blue]: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Ink and ground, uniform in RGB among the pairs that differ enough in brightness. */
function inkAndGround(random: Stream): readonly [Colour, Colour] {
  const draw = () =>
    [random.uniform(), random.uniform(), random.uniform()] as const;
  let pair = [draw(), draw()] as const;
  while (Math.abs(luma(pair[0]) - luma(pair[1])) < CONTRAST) {
    pair = [draw(), draw()];
  }
  return pair;
}

/**
 * Drawings in the size of photographs: each in a random ink on a random ground,
 * in the middle of a square with ground around it.
 *
 * @param ink [n, side, side], 0 ground, 255 ink
 * @param options.side side of a drawing
 * @param options.size side of the square, not smaller
 * @param options.random draws the colours, drawing by drawing
 * @returns [n, size, size, 3], 0…255
 */
export function colouredDrawings(
  ink: Uint8Array,
  { side, size, random }: {
    readonly side: number;
    readonly size: number;
    readonly random: Stream;
  },
): Uint8Array {
  const n = ink.length / (side * side);
  const margin = Math.floor((size - side) / 2);
  const pixels = new Uint8Array(n * size * size * 3);
  for (let i = 0; i < n; i++) {
    const [pen, ground] = inkAndGround(random);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const [row, column] = [y - margin, x - margin];
        const inside = row >= 0 && row < side && column >= 0 && column < side;
        const amount = inside
          ? (ink[(i * side + row) * side + column] as number) / 255
          : 0;
        const target = ((i * size + y) * size + x) * 3;
        for (const channel of [0, 1, 2] as const) {
          pixels[target + channel] = Math.round(
            255 * (amount * pen[channel] + (1 - amount) * ground[channel]),
          );
        }
      }
    }
  }
  return pixels;
}
