import { contactSheet } from "../../data/images/contact_sheet.ts";
import type { Images } from "../../data/images/images.ts";
import { bytes } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Sets of images with the same classes, and how many of each class to show. */
export interface DrawContactSheetArgs {
  readonly sets: readonly Images[];
  readonly perClass: number;
}

/** A PNG of the first images of each class, the sets side by side. */
export const drawContactSheet = defineTask({
  module: import.meta.url,
  name: "drawContactSheet",
  result: bytes,
  run: ({ sets, perClass }: DrawContactSheetArgs) =>
    contactSheet(sets, { perClass }),
});
