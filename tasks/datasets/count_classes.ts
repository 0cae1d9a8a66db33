import type { Images } from "../../data/images/images.ts";
import { defineTask } from "../../engine/define/task.ts";
import { count, tableResult } from "../../reports/value/table_cells.ts";

/** Sets of images with the same classes. */
export interface CountClassesArgs {
  readonly sets: readonly { readonly title: string; readonly images: Images }[];
}

/** How many images each set has of each class, one row a set. */
export const countClasses = defineTask({
  module: import.meta.url,
  name: "countClasses",
  result: tableResult,
  run({ sets }: CountClassesArgs) {
    const classes = sets[0]?.images.classes ?? [];
    return {
      columns: ["set", ...classes, "all"],
      rows: sets.map(({ title, images: { labels } }) => [
        title,
        ...classes.map((_, label) =>
          count(Array.from(labels).filter((one) => one === label).length)
        ),
        count(labels.length),
      ]),
    };
  },
});
