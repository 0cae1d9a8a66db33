import { z } from "zod";
import type { Images } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { tableRowsSchema } from "../../reports/value/interval_table.ts";

/** Sets of images with the same classes. */
export interface CountClassesArgs {
  readonly sets: readonly { readonly title: string; readonly images: Images }[];
}

/** How many images each set has of each class, one row a set. */
export const countClasses = defineTask({
  module: import.meta.url,
  name: "countClasses",
  result: {
    columns: json(z.array(z.string()).readonly()),
    rows: json(tableRowsSchema),
  },
  run({ sets }: CountClassesArgs) {
    const classes = sets[0]?.images.classes ?? [];
    return {
      columns: ["set", ...classes, "all"],
      rows: sets.map(({ title, images: { labels } }) => [
        title,
        ...classes.map((_, label) => ({
          value: Array.from(labels).filter((one) => one === label).length,
          unit: "count" as const,
        })),
        { value: labels.length, unit: "count" as const },
      ]),
    };
  },
});
