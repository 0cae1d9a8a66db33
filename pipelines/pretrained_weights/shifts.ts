/**
 * The shifts that the networks on the COCO trunk meet: two in support, three
 * out of it.
 *
 * @module
 */
import type { Mixture } from "../../shifts/mixture.ts";
import { tintMixture } from "../../shifts/tint.ts";
import { P_MINORITY, P_SPURIOUS } from "../shared/synthetic/scale.ts";
import {
  LARGE_IN_PAPER,
  minorityMixture,
  shiftedTo,
  UNSEEN_STRENGTHS,
  UNSEEN_TINTS_IN_PAPER,
} from "../shared/synthetic/setting.ts";

/** A shift, and what the paper says of pre-trained networks under it. */
export interface CocoShift {
  /** Name for readers, unique among the shifts. */
  readonly name: string;
  readonly support: "in" | "out";
  /** What the two distributions are. */
  readonly between: { readonly reference: string; readonly shifted: string };
  /** Mixes the test sets of the setting. */
  readonly distributions: Mixture<string>;
  /** The paper's value, for CLIP and AugReg. */
  readonly paper: string;
}

function unseenTint(which: keyof typeof UNSEEN_STRENGTHS): CocoShift {
  const shifted = `tint of strength ${UNSEEN_STRENGTHS[which]}`;
  return {
    name: `unseen ${shifted}`,
    support: "out",
    between: { reference: "plain photographs", shifted },
    distributions: shiftedTo(`${which}Tint`),
    paper: UNSEEN_TINTS_IN_PAPER[which],
  };
}

/** The shifts by their ids, those of their own pages, so that the lines are the same stages. */
export const SHIFTS = {
  "spurious-tint": {
    name: "spurious tint",
    support: "in",
    between: {
      reference: `spurious tint, p = ${P_SPURIOUS}`,
      shifted: "random tint, p = 0",
    },
    distributions: tintMixture(P_SPURIOUS),
    paper: "near 0; 0.99 ± 0.72 points in the authors’ notebook",
  },
  "label-shift": {
    name: "label shift",
    support: "in",
    between: {
      reference: `label shift, minority classes ${P_MINORITY}`,
      shifted: "the same, with common and rare classes exchanged",
    },
    distributions: minorityMixture(P_MINORITY),
    paper: `near 0 at ${P_MINORITY}`,
  },
  "weak-tint": unseenTint("weak"),
  "strong-tint": unseenTint("strong"),
  flip: {
    name: "vertical flip",
    support: "out",
    between: {
      reference: "plain photographs",
      shifted: "photographs upside down",
    },
    distributions: shiftedTo("flipped"),
    paper: LARGE_IN_PAPER,
  },
} as const satisfies Readonly<Record<string, CocoShift>>;

/** One of {@linkcode SHIFTS}. */
export type ShiftId = keyof typeof SHIFTS;
