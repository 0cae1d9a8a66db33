/**
 * The numbers of the wide augmentation, and what it draws: the same on the host
 * and on a GPU.
 *
 * @module
 */
import type { Images } from "../../data/images/images.ts";

/** The numbers of the augmentation. */
export const PARAMETERS = {
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

/** What each draw of an image decides. */
export const DRAWS = {
  mirror: 0,
  flip: 1,
  zoomKind: 2,
  zoomAmount: 3,
  right: 4,
  down: 5,
  smallShift: 6,
  colouredBorder: 7,
  border: 8, // and the two after it
  saturation: 11,
  grey: 12,
  brightness: 13,
  offset: 14,
  gains: 15, // and the two after it
  tint: 18,
  tintStrength: 19,
  tintColour: 20, // and the two after it
} as const;

/** @throws {RangeError} if the images are not in colour */
export function checkColour(shape: Images["shape"]): void {
  if (shape[2] !== 3) {
    throw new RangeError(
      `Cannot recolour images of shape [${shape}]: three channels are needed`,
    );
  }
}
