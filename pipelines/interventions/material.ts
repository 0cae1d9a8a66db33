/**
 * The shift that this experiment alone has, as pages describe it.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { ShiftRecord } from "../../reports/value/material.ts";
import { mark } from "../../shifts/mark.ts";
import { drawContactSheet } from "../../tasks/pictures/draw_contact_sheet.ts";
import { P_SPURIOUS, SEED } from "../shared/synthetic/scale.ts";
import { cifar10Subsets } from "../shared/synthetic/setting.ts";
import { markedSetting } from "./biased.ts";
import type { InterventionScale } from "./scale.ts";

/** A mark that gives the class away, if the scale has one. */
export function marksRecord(
  scale: InterventionScale,
): readonly Lazy<ShiftRecord>[] {
  const { marks } = scale.interventions;
  if (marks.length === 0) return [];
  const marked = marks.map((shape) => markedSetting(shape, scale).setting.sets);
  return [{
    id: "spurious-mark",
    title: mark.title,
    support: mark.support,
    description: mark.description,
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
