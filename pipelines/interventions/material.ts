/**
 * The shifts and the dataset that this experiment alone has, as pages describe
 * them.
 *
 * @module
 */
import { LINKED_STYLES } from "../../data/drawings/linked_styles.ts";
import { typefacesFor } from "../../data/drawings/typefaces.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { warp } from "../../models/augmentations/warp.ts";
import type {
  DatasetRecord,
  ShiftRecord,
} from "../../reports/value/material.ts";
import { mark } from "../../shifts/mark.ts";
import { drawContactSheet } from "../../tasks/pictures/draw_contact_sheet.ts";
import { aboutShift, type LazyPicture } from "../shared/synthetic/material.ts";
import { P_SPURIOUS, SEED } from "../shared/synthetic/scale.ts";
import { cifar10Subsets } from "../shared/synthetic/setting.ts";
import { typefacePackages } from "../shared/synthetic/packages.ts";
import { markedSetting } from "./biased.ts";
import { type InterventionScale, P_TYPEFACE } from "./scale.ts";
import { typefaceTest } from "./typefaces.ts";

/** A mark that gives the class away, if the scale has one. */
export function marksRecord(
  scale: InterventionScale,
): readonly Lazy<ShiftRecord>[] {
  const { marks } = scale.interventions;
  if (marks.length === 0) return [];
  const marked = marks.map((shape) => markedSetting(shape, scale).setting.sets);
  return [{
    id: "spurious-mark",
    ...aboutShift(mark),
    reference:
      `each photograph with a mark in the colour of its class with probability ${P_SPURIOUS}`,
    shifted: "each photograph with a mark in the colour of a random class",
    settings: [
      { name: "marks", value: marks.join(", ") },
      { name: "seed of the colours", value: `${SEED}` },
    ],
    sheet: {
      id: "mark",
      caption:
        "Left: plain test images; then, for each mark, each in the colour of its own class and in that of a random class. One row a class.",
      alt:
        "Blocks of ten rows of small photographs: plain, then with coloured marks.",
      png: drawContactSheet({
        sets: [
          cifar10Subsets(scale).test,
          ...marked.flatMap(({ own, random }) =>
            [own, random].filter((set) => set !== undefined)
          ),
        ],
        perClass: 3,
      }, "mark"),
    },
  }];
}

/** Digits that are all in the style of typeface that goes with them, then in a random one. */
function spuriousTypefacePicture(
  scale: InterventionScale,
): LazyPicture {
  return {
    id: "spurious-typeface",
    caption:
      "Left: test digits, each in its own style of typeface; right: each in a random style. One row a digit.",
    alt: "Two blocks of ten rows of small digits in typefaces.",
    png: drawContactSheet({
      sets: (["own", "random"] as const).map((set) =>
        typefaceTest(scale, set).images
      ),
      perClass: 10,
    }, "spurious-typeface"),
  };
}

/** The style of a typeface that gives the digit away. */
export function spuriousTypefaceRecord(
  scale: InterventionScale,
): Lazy<ShiftRecord> {
  return {
    id: "spurious-typeface",
    title: "Spurious typeface",
    support: "in",
    description: [
      `A bias that is not painted on. Every image is a digit of a real typeface, each warped differently; each of five styles belongs to two digits: ${
        LINKED_STYLES.map((style, i) => `${style} to ${2 * i} and ${2 * i + 1}`)
          .join(", ")
      }. In the reference distribution a digit has its own style with probability p, otherwise a random one; in the shifted distribution always a random one. In support, as long as p is below 1.`,
    ],
    reference:
      `digits in the style that goes with them with probability ${P_TYPEFACE}`,
    shifted: "digits in a random style",
    settings: [
      { name: "p", value: `${P_TYPEFACE}` },
      { name: "seed of the draws", value: `${SEED}` },
    ],
    sheet: spuriousTypefacePicture(scale),
  };
}

/** The typefaces of that shift. */
export function typefacesRecord(
  scale: InterventionScale,
): Lazy<DatasetRecord> {
  const families = typefacesFor("evaluation").filter(({ style }) =>
    LINKED_STYLES.some((linked) => linked === style)
  );
  return {
    id: "linked-typefaces",
    title: "Digits in five styles of typeface",
    description:
      `From at most ${families.length} families. An image is drawn in this order: digit, style, family, face; the style is that of the digit as often as the bias says, and all other choices are equally likely at each step. ${warp.description} It is then framed in black and shrunk to the size of the photographs. Networks are tested on typefaces that they are trained on: what is new is how style and digit go together, not the shapes.`,
    ...typefacePackages(families),
    sheet: spuriousTypefacePicture(scale),
  };
}
