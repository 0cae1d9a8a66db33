/**
 * Wide augmentation, for pre-training that has seen much: flips, zooms,
 * shifts, colours and tints.
 *
 * @module
 */
import { define } from "../../engine/definition.ts";
import type { Stream } from "../../engine/random.ts";
import {
  type Augmentation,
  checkBatch,
  type FillOptions,
} from "../augmentation.ts";
import { recolour, type Recolouring } from "./recolour.ts";
import { resampler, type Resampling } from "./resample.ts";

const PARAMETERS = {
  mirrorProbability: 0.5, // left to right
  flipProbability: 0.5, // upside down
  zoomOutProbability: 0.4,
  zoomOut: [1, 1.45], // how many times smaller
  zoomInProbability: 0.3,
  zoomIn: [0.75, 1], // share of the picture's side that is shown
  shift: [-0.25, 0.25], // of half the side, on each axis
  smallShiftProbability: 0.5,
  smallShift: 0.3, // factor on the shift
  colouredBorderProbability: 0.5, // else black
  saturation: [0.5, 1.5],
  greyProbability: 0.1,
  brightness: [0.7, 1.3],
  offset: [-0.1, 0.1],
  channelGain: [0.85, 1.15],
  tintProbability: 0.6,
  tintStrength: [0, 0.6],
} as const;

function between(
  [low, high]: readonly [number, number],
  random: Stream,
): number {
  return low + (high - low) * random.uniform();
}

function colour(random: Stream): readonly [number, number, number] {
  return [random.uniform(), random.uniform(), random.uniform()];
}

// The two functions below draw in the order in which they read.

function drawResampling(random: Stream): Resampling {
  const mirrored = random.uniform() < PARAMETERS.mirrorProbability;
  const flipped = random.uniform() < PARAMETERS.flipProbability;
  const zoomKind = random.uniform();
  const zoomAmount = random.uniform();
  const right = between(PARAMETERS.shift, random);
  const down = between(PARAMETERS.shift, random);
  const small = random.uniform() < PARAMETERS.smallShiftProbability;
  const coloured = random.uniform() < PARAMETERS.colouredBorderProbability;
  const border = colour(random);

  const { zoomOutProbability, zoomInProbability } = PARAMETERS;
  const range = zoomKind < zoomOutProbability
    ? PARAMETERS.zoomOut
    : zoomKind < zoomOutProbability + zoomInProbability
    ? PARAMETERS.zoomIn
    : [1, 1] as const;
  const scale = range[0] + (range[1] - range[0]) * zoomAmount;
  const factor = small ? PARAMETERS.smallShift : 1;
  return {
    x: { scale: mirrored ? -scale : scale, shift: factor * right },
    y: { scale: flipped ? -scale : scale, shift: factor * down },
    border: coloured ? border : [0, 0, 0],
  };
}

function drawRecolouring(random: Stream): Recolouring {
  const saturation = between(PARAMETERS.saturation, random);
  const grey = random.uniform() < PARAMETERS.greyProbability;
  const brightness = between(PARAMETERS.brightness, random);
  const offset = between(PARAMETERS.offset, random);
  const gains = [
    between(PARAMETERS.channelGain, random),
    between(PARAMETERS.channelGain, random),
    between(PARAMETERS.channelGain, random),
  ] as const;
  const tinted = random.uniform() < PARAMETERS.tintProbability;
  const strength = between(PARAMETERS.tintStrength, random);
  return {
    saturation: grey ? 0 : saturation,
    brightness,
    offset,
    gains,
    tint: { strength: tinted ? strength : 0, colour: colour(random) },
  };
}

function fill(
  batch: Float32Array,
  { from, indices, random }: FillOptions,
): void {
  checkBatch(batch, { from, indices });
  const [height, width, channels] = from.shape;
  if (channels !== 3) {
    throw new RangeError(
      `Cannot recolour images of shape [${from.shape}]: three channels are needed`,
    );
  }
  const size = height * width * channels;
  const resample = resampler(from);
  for (let i = 0; i < indices.length; i++) {
    const offset = i * size;
    const index = indices[i] as number;
    resample(batch, { ...drawResampling(random), index, offset });
    recolour(batch.subarray(offset, offset + size), drawRecolouring(random));
  }
}

/** Flips, zooms, shifts, colour changes and tints. Draws 23 uniform numbers an image, whether or not they are used. */
export const wide: Augmentation = define(import.meta.url, "wide", {
  name: "wide",
  title: "Wide augmentation",
  description:
    "The image is mirrored left to right and turned upside down, each half of the time; zoomed out (to 1/1.45 of its size at least) with probability 0.4 or in (to 0.75 of its side at least) with probability 0.3; shifted by up to a quarter of half its side; set in black or in a random colour; made paler, stronger or grey; brighter or darker; its channels weighted; and with probability 0.6 tinted with a random colour of strength up to 0.6.",
  parameters: PARAMETERS,
  fill,
});
