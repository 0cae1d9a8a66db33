import { type Groups, groups } from "../../data/images/groups.ts";
import type { Images } from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";
import { classesAsGroups } from "../../models/interventions/balance_groups.ts";
import { type TintOptions, tintsOf } from "../../shifts/tint.ts";

/** Which image gets which colour. */
export type TintDraw = Omit<TintOptions, "strength">;

/** What makes a group. */
export type GroupedBy =
  | { readonly kind: "class" }
  /** Each class in each colour. */
  | { readonly kind: "class and tint"; readonly draw: TintDraw }
  /** Each class in its own colour, and in any other. */
  | { readonly kind: "class and own tint"; readonly draw: TintDraw };

/** Images, tinted or not yet, and what makes a group of them. */
export interface GroupImagesArgs {
  readonly images: Images;
  readonly by: GroupedBy;
}

/** The group of each image. */
export const groupImages = defineTask({
  module: import.meta.url,
  name: "groupImages",
  result: groups,
  run: ({ images, by }: GroupImagesArgs) => groupsBy(by, images),
});

function groupsBy(by: GroupedBy, images: Images): Groups {
  const { labels, classes } = images;
  if (by.kind === "class") return classesAsGroups(images);
  const tints = tintsOf(images, by.draw);
  if (by.kind === "class and tint") {
    return {
      names: classes.flatMap((name) =>
        classes.map((other) =>
          other === name
            ? `${name} in its own colour`
            : `${name} in the colour of ${other}`
        )
      ),
      of: tints.map((tint, i) => (labels[i] as number) * classes.length + tint),
    };
  }
  return {
    names: classes.flatMap((
      name,
    ) => [`${name} in its own colour`, `${name} in another colour`]),
    of: tints.map((tint, i) =>
      2 * (labels[i] as number) + (tint === labels[i] ? 0 : 1)
    ),
  };
}
