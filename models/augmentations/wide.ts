/**
 * Wide augmentation, for pre-training that has seen much: flips, zooms,
 * shifts, colours and tints.
 *
 * @module
 */
import { define } from "../../engine/define/definition.ts";
import {
  type Augmentation,
  checkBatch,
  type FillOptions,
} from "./augmentation.ts";
import { recolour, type Recolouring } from "./recolour.ts";
import { resampler, type Resampling } from "./resample.ts";
import { checkColour, DRAWS, PARAMETERS } from "./wide_draws.ts";
import { wideInWgsl } from "./wide_in_wgsl.ts";

/** Draws of one image, by what they decide. */
type Drawn = (name: keyof typeof DRAWS, further?: number) => number;

function between(
  [low, high]: readonly [number, number],
  draw: number,
): number {
  return low + (high - low) * draw;
}

function three(
  name: "border" | "gains" | "tintColour",
  drawn: Drawn,
): readonly [number, number, number] {
  return [drawn(name), drawn(name, 1), drawn(name, 2)];
}

function resamplingOf(drawn: Drawn): Resampling {
  const { zoomOutProbability, zoomInProbability } = PARAMETERS;
  const zoomKind = drawn("zoomKind");
  const range = zoomKind < zoomOutProbability
    ? PARAMETERS.zoomOut
    : zoomKind < zoomOutProbability + zoomInProbability
    ? PARAMETERS.zoomIn
    : [1, 1] as const;
  const scale = between(range, drawn("zoomAmount"));
  const isSmall = drawn("smallShift") < PARAMETERS.smallShiftProbability;
  const factor = isSmall ? PARAMETERS.smallShift : 1;
  const mirrored = drawn("mirror") < PARAMETERS.mirrorProbability;
  const flipped = drawn("flip") < PARAMETERS.flipProbability;
  const coloured =
    drawn("colouredBorder") < PARAMETERS.colouredBorderProbability;
  return {
    x: {
      scale: mirrored ? -scale : scale,
      shift: factor * between(PARAMETERS.shift, drawn("right")),
    },
    y: {
      scale: flipped ? -scale : scale,
      shift: factor * between(PARAMETERS.shift, drawn("down")),
    },
    border: coloured ? three("border", drawn) : [0, 0, 0],
  };
}

function recolouringOf(drawn: Drawn, tintProbability: number): Recolouring {
  const isGrey = drawn("grey") < PARAMETERS.greyProbability;
  const isTinted = drawn("tint") < tintProbability;
  const [red, green, blue] = three("gains", drawn);
  return {
    saturation: isGrey
      ? 0
      : between(PARAMETERS.saturation, drawn("saturation")),
    brightness: between(PARAMETERS.brightness, drawn("brightness")),
    offset: between(PARAMETERS.offset, drawn("offset")),
    gains: [
      between(PARAMETERS.channelGain, red),
      between(PARAMETERS.channelGain, green),
      between(PARAMETERS.channelGain, blue),
    ],
    tint: {
      strength: isTinted
        ? between(PARAMETERS.tintStrength, drawn("tintStrength"))
        : 0,
      colour: three("tintColour", drawn),
    },
  };
}

function fill(
  batch: Float32Array,
  { from, indices, draw, tintProbability }: FillOptions & {
    readonly tintProbability: number;
  },
): void {
  checkBatch(batch, { from, indices });
  checkColour(from.shape);
  const [height, width, channels] = from.shape;
  const size = height * width * channels;
  const resample = resampler(from);
  for (let i = 0; i < indices.length; i++) {
    const offset = i * size;
    const index = indices[i] as number;
    const drawn: Drawn = (name, further = 0) => draw(i, DRAWS[name] + further);
    resample(batch, { ...resamplingOf(drawn), index, offset });
    recolour(
      batch.subarray(offset, offset + size),
      recolouringOf(drawn, tintProbability),
    );
  }
}

/** The augmentation with tints as often as that. */
function tinting(
  tintProbability: number,
): Pick<Augmentation, "device" | "fill"> {
  return {
    device: wideInWgsl(tintProbability),
    fill: (batch, options) => fill(batch, { ...options, tintProbability }),
  };
}

const CHANGES =
  "The image is mirrored left to right and turned upside down, each half of the time; zoomed out (to 1/1.45 of its size at least) with probability 0.4 or in (to 0.75 of its side at least) with probability 0.3; shifted by up to a quarter of half its side; set in black or in a random colour; made paler, stronger or grey; brighter or darker; its channels weighted";

/** Flips, zooms, shifts, colour changes and tints. 23 draws an image. */
export const wide: Augmentation = define(import.meta.url, "wide", {
  name: "wide",
  title: "Wide augmentation",
  description:
    `${CHANGES}; and with probability 0.6 tinted with a random colour of strength up to 0.6.`,
  ...tinting(PARAMETERS.tintProbability),
});

/** The same without tints, and with the same draws. */
export const wideUntinted: Augmentation = define(
  import.meta.url,
  "wideUntinted",
  {
    name: "wide_untinted",
    title: "Wide augmentation without tints",
    description: `${CHANGES}. Nothing is tinted.`,
    ...tinting(0),
  },
);
