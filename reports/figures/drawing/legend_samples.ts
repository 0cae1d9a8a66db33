/**
 * Samples of marks for legends.
 *
 * @module
 */
import { type LegendEntry, SAMPLE, type SamplePlace } from "./legend.ts";
import { rules, shade } from "./plain_marks.ts";
import { faintSymbols, symbols } from "./symbols.ts";

type Sample = NonNullable<LegendEntry["sample"]>;

/** The look of a mark whose radius is told in em. */
type InEm<Look> = Omit<Look, "radius"> & { readonly size: number };

/** A mark. */
export function shapeSample(
  { size, ...look }: InEm<Parameters<typeof symbols>[1]>,
): Sample {
  return (place) => [
    symbols([middle(place)], { ...look, radius: place.font * size }),
  ];
}

/** A small faint mark. */
export function faintSample(
  { size, ...look }: InEm<Parameters<typeof faintSymbols>[1]>,
): Sample {
  return (place) => [
    faintSymbols([middle(place)], { ...look, radius: place.font * size }),
  ];
}

/** A line. */
export function lineSample(look: Parameters<typeof rules>[1]): Sample {
  return (place) => [rules([across(place)], look)];
}

/** A shaded area, as high as is told in em. */
export function shadeSample(
  { opacity, height }: { readonly opacity: number; readonly height: number },
): Sample {
  return (place) => [
    shade({
      ...across(place),
      y1: place.y - place.font * height / 2,
      y2: place.y + place.font * height / 2,
    }, { opacity }),
  ];
}

/** Several samples over each other, the last above. */
export function layered(...samples: readonly Sample[]): Sample {
  return (place) => samples.flatMap((sample) => sample(place));
}

function across({ x, y, font }: SamplePlace) {
  return { x1: x, x2: x + SAMPLE * font, y1: y, y2: y };
}

function middle({ x, y, font }: SamplePlace) {
  return { x: x + SAMPLE * font / 2, y };
}
