/**
 * Colour changes of one image.
 *
 * @module
 */

/** How to change the colours of an image. */
export interface Recolouring {
  /** 0 gives grey, 1 leaves the colours, more makes them stronger. */
  readonly saturation: number;
  /** Factor on all values of the image. */
  readonly brightness: number;
  /** Added to all values after that. */
  readonly offset: number;
  /** Factor on each channel after that. */
  readonly gains: readonly [number, number, number];
  /** A colour that the image, clipped to 0…1, is blended with at the end. */
  readonly tint: {
    readonly strength: number;
    readonly colour: readonly [number, number, number];
  };
}

/** Weights of red, green and blue in grey: luma of ITU-R BT.601. */
export const GREY_WEIGHTS = [0.299, 0.587, 0.114] as const;
const [RED, GREEN, BLUE] = GREY_WEIGHTS;

function clip(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Changes the colours of one image in place: [height, width, 3], values 0…1 before and after. */
export function recolour(
  image: Float32Array,
  { saturation, brightness, offset, gains, tint }: Recolouring,
): void {
  const [gainRed, gainGreen, gainBlue] = gains;
  const keep = 1 - tint.strength;
  const addRed = tint.strength * tint.colour[0];
  const addGreen = tint.strength * tint.colour[1];
  const addBlue = tint.strength * tint.colour[2];
  for (let k = 0; k < image.length; k += 3) {
    const red = image[k] as number;
    const green = image[k + 1] as number;
    const blue = image[k + 2] as number;
    const grey = RED * red + GREEN * green + BLUE * blue;
    const base = brightness * (1 - saturation) * grey + offset;
    const factor = brightness * saturation;
    image[k] = keep * clip(gainRed * (factor * red + base)) + addRed;
    image[k + 1] = keep * clip(gainGreen * (factor * green + base)) + addGreen;
    image[k + 2] = keep * clip(gainBlue * (factor * blue + base)) + addBlue;
  }
}
