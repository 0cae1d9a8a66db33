import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { GroupedSet } from "../../shifts/measure/group_counts.ts";
import { groupsText } from "./groups_text.ts";

/** A number that is measured in groups, and these groups. */
export interface TitleByGroupsArgs {
  /** What the number is, and of how many networks: "worst-group accuracy, n = 6". */
  readonly title: string;
  /** Sets of test images with their groups, as they are counted. */
  readonly parts: readonly GroupedSet[];
}

/** The title with the numbers of images of the groups: "worst-group accuracy, n = 6, groups of 886 to 1,000 images". */
export const titleByGroups = defineTask({
  module: import.meta.url,
  name: "titleByGroups",
  result: json(z.string()),
  run({ title, parts }: TitleByGroupsArgs) {
    const sizes = new Map<number, number>();
    for (const { groups } of parts) {
      const inSet = Map.groupBy(groups.of, (group) => group);
      for (const [group, images] of inSet) {
        // A group is counted in the first of the sets that has it.
        if (!sizes.has(group)) sizes.set(group, images.length);
      }
    }
    return `${title}, ${groupsText([...sizes.values()])}`;
  },
});
