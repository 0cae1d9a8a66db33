/**
 * What a shift that is added to those of the paper needs of its own: test
 * photographs as they are and shifted, a picture of them, a record. Networks
 * are those of the experiments on plain photographs.
 *
 * @module
 */
import type { Images } from "../../../data/images/images.ts";
import type { Ref } from "../../../engine/define/ref.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import type { AnyShift } from "../../../shifts/shift.ts";
import { drawContactSheet } from "../../../tasks/pictures/draw_contact_sheet.ts";
import { aboutShift, type ShownShift } from "./material.ts";
import type { Scale } from "./scale.ts";
import { plainSetting, type Setting } from "./setting.ts";

/** Test photographs as they are, and the same shifted. */
type AddedSet = "plain" | "shifted";

/** A shift from plain photographs to shifted ones, for `shiftReport()`. */
export interface AddedShift {
  readonly setting: Setting<AddedSet>;
  readonly distributions: Mixture<AddedSet>;
  readonly record: ShownShift;
}

/** Plain photographs, and the same under a shift. */
export function addedShift(
  { id, shift, options, images, shifted }: {
    /** Name of the pipeline: part of the names of its stages. */
    readonly id: string;
    readonly shift: AnyShift;
    /** The options it was given, as the page lists them. */
    readonly options: object;
    /** The shifted test photographs. */
    readonly images: Ref<Images>;
    /** The same in words. */
    readonly shifted: string;
  },
  scale: Scale,
): AddedShift {
  const plain = plainSetting(scale);
  const sets = { plain: plain.sets.plain, shifted: images };
  return {
    setting: { ...plain, name: id, sets },
    distributions: {
      reference: { sets: { plain: 1, shifted: 0 } },
      shifted: { sets: { plain: 0, shifted: 1 } },
    },
    record: {
      id: shift.name,
      ...aboutShift(shift),
      reference: "plain photographs",
      shifted,
      settings: Object.entries(options).map(([name, value]) => ({
        name,
        value: typeof value === "string" ? value : JSON.stringify(value),
      })),
      sheet: {
        id,
        caption: "Left: test images; right: the same shifted.",
        alt:
          `Two blocks of ten rows of small photographs: plain, and ${shifted}.`,
        png: drawContactSheet(
          { sets: [sets.plain, sets.shifted], perClass: 8 },
          id,
        ),
      },
    },
  };
}
