import type { Stream } from "../../engine/define/random.ts";
import { type Colour, CONTRAST, luma } from "./coloured_drawings.ts";

/**
 * A drawing that has colours of its own on ground of a random colour, which is
 * uniform in RGB among those that differ enough in brightness from the drawing
 * as a whole.
 *
 * @param pixels red, green, blue and alpha of each pixel, the colours multiplied by alpha, 0…255
 * @returns red, green and blue of each pixel, 0…255
 */
export function onGround(pixels: Uint8Array, random: Stream): Uint8Array {
  const ink = brightnessOf(pixels);
  const draw = (): Colour => [
    random.uniform(),
    random.uniform(),
    random.uniform(),
  ];
  let ground = draw();
  while (Math.abs(luma(ground) - ink) < CONTRAST) ground = draw();
  const opaque = new Uint8Array(pixels.length / 4 * 3);
  for (let i = 0; i < pixels.length / 4; i++) {
    const alpha = (pixels[4 * i + 3] as number) / 255;
    for (const channel of [0, 1, 2] as const) {
      opaque[3 * i + channel] = Math.round(
        (pixels[4 * i + channel] as number) +
          (1 - alpha) * 255 * ground[channel],
      );
    }
  }
  return opaque;
}

/** Mean brightness 0…1 of what is drawn; that of black if nothing is. */
function brightnessOf(pixels: Uint8Array): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < pixels.length; i += 4) {
    const at = (channel: number) => (pixels[i + channel] as number) / 255;
    sum += luma([at(0), at(1), at(2)]);
    weight += at(3);
  }
  return weight === 0 ? 0 : sum / weight;
}
