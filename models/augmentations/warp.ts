/**
 * Random affine changes of characters, as if other hands had written or set
 * them: turned, slanted, stretched, moved.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import type { Draw } from "../../engine/define/philox.ts";
import {
  type Augmentation,
  checkBatch,
  type DeviceAugmentation,
  type FillOptions,
  unitValues,
} from "./augmentation.ts";
import { between as drawnBetween, f32 } from "./draws_in_wgsl.ts";

const PARAMETERS = {
  turn: [-0.2, 0.2], // radians
  slant: [-0.3, 0.3], // to the right, of the height
  stretch: [0.8, 1.2], // of width and of height
  shift: [-2, 2], // pixels, on each axis
} as const;

/** What each draw of an image decides. */
const DRAWS = { turn: 0, slant: 1, width: 2, height: 3, right: 4, down: 5 };

function between(
  [low, high]: readonly [number, number],
  draw: number,
): number {
  return low + (high - low) * draw;
}

/** Where the pixel at (x, y), from the middle, is read: (a·x + b·y + e, c·x + d·y + f). */
interface Warp {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The warp of image `i`. */
function warpOf(i: number, draw: Draw): Warp {
  const turn = between(PARAMETERS.turn, draw(i, DRAWS.turn));
  const slant = between(PARAMETERS.slant, draw(i, DRAWS.slant));
  const width = between(PARAMETERS.stretch, draw(i, DRAWS.width));
  const height = between(PARAMETERS.stretch, draw(i, DRAWS.height));
  const e = between(PARAMETERS.shift, draw(i, DRAWS.right));
  const f = between(PARAMETERS.shift, draw(i, DRAWS.down));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return {
    a: cos / width,
    b: (slant * cos - sin) / width,
    c: sin / height,
    d: (slant * sin + cos) / height,
    e,
    f,
  };
}

function fill(
  batch: Float32Array,
  { from, indices, draw }: FillOptions,
): void {
  checkBatch(batch, { from, indices });
  const [height, width, channels] = from.shape;
  const size = height * width * channels;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const { a, b, c, d, e, f } = warpOf(i, draw);
    const start = (indices[i] as number) * size;
    for (let row = 0; row < height; row++) {
      const y = row - middleY;
      for (let column = 0; column < width; column++) {
        const x = column - middleX;
        const sourceX = a * x + b * y + e + middleX;
        const sourceY = c * x + d * y + f + middleY;
        const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
        const [right, down] = [sourceX - left, sourceY - top];
        for (let channel = 0; channel < channels; channel++) {
          const at = (y: number, x: number): number => {
            if (y < 0 || y >= height || x < 0 || x >= width) return 0;
            const place = start + (y * width + x) * channels + channel;
            return unitValues[from.images[place] as number] as number;
          };
          const above = (1 - right) * at(top, left) + right * at(top, left + 1);
          const below = (1 - right) * at(top + 1, left) +
            right * at(top + 1, left + 1);
          batch[to++] = (1 - down) * above + down * below;
        }
      }
    }
  }
}

const device: DeviceAugmentation = {
  draws: 6,
  plan(_, { draw }) {
    const drawn = (
      range: readonly [number, number],
      name: keyof typeof DRAWS,
    ) => drawnBetween(range, draw(DRAWS[name]));
    return {
      // Series: the sine and cosine of WGSL are too coarse. Their error is below 3e-9 at 0.2 radians.
      statements: `
  let turn = ${drawn(PARAMETERS.turn, "turn")};
  let slant = ${drawn(PARAMETERS.slant, "slant")};
  let width = ${drawn(PARAMETERS.stretch, "width")};
  let height = ${drawn(PARAMETERS.stretch, "height")};
  let t2 = turn * turn;
  let cosine = 1.0 - t2 * (0.5 - t2 * (1.0 / 24.0 - t2 / 720.0));
  let sine = turn * (1.0 - t2 * (1.0 / 6.0 - t2 / 120.0));`,
      // a − 1, b, e and c, d − 1, f of a `Warp`: what is added to the place of a pixel.
      values: [
        "(cosine - width) / width",
        "(slant * cosine - sine) / width",
        drawn(PARAMETERS.shift, "right"),
        "sine / height",
        "(slant * sine + cosine - height) / height",
        drawn(PARAMETERS.shift, "down"),
      ],
    };
  },
  pixel([height, width, channels], { number, value }) {
    const tap = (down: number, right: number, channel: number) => {
      const inside = (at: string, length: number) =>
        `clamp(${at}, 0, ${length - 1})`;
      const [y, x] = [`top + ${down}`, `left + ${right}`];
      return `select(0.0, ${
        value(inside(y, height), inside(x, width), channel)
      }, ${y} >= 0 && ${y} < ${height} && ${x} >= 0 && ${x} < ${width})`;
    };
    return {
      statements: `
  let from_x = f32(column) - ${f32((width - 1) / 2)};
  let from_y = f32(row) - ${f32((height - 1) / 2)};
  let move_x = ${number(0)} * from_x + ${number(1)} * from_y + ${number(2)};
  let move_y = ${number(3)} * from_x + ${number(4)} * from_y + ${number(5)};
  let left = column + i32(floor(move_x));
  let top = row + i32(floor(move_y));
  let right = move_x - floor(move_x);
  let down = move_y - floor(move_y);`,
      values: Array.from(
        { length: channels },
        (_, channel) =>
          `mix(mix(${tap(0, 0, channel)}, ${tap(0, 1, channel)}, right), mix(${
            tap(1, 0, channel)
          }, ${tap(1, 1, channel)}, right), down)`,
      ),
    };
  },
};

/** Turns, slants, stretches and shifts on black, read bilinearly. Six draws an image. */
export const warp: Augmentation = define(import.meta.url, "warp", {
  name: "warp",
  title: "Warp",
  description:
    "The character is turned by up to 0.2 radians, slanted by up to 0.3 of its height, made up to 20% wider or narrower and up to 20% taller or shorter, and moved by up to 2 pixels, on black.",
  device,
  fill,
});
