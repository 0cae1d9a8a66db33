import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { type Prose, proseMarkdown } from "../../reports/value/prose.ts";

/** Words with numbers in them. */
export interface WriteProseArgs {
  readonly prose: Prose;
}

/** Prose with its numbers written out: one value, which may then be missing as a whole. */
export const writeProse = defineTask({
  module: import.meta.url,
  name: "writeProse",
  result: json(z.string()),
  run: ({ prose }: WriteProseArgs) => proseMarkdown(prose),
});
