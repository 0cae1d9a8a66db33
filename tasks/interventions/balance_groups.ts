import type { Groups } from "../../data/images/groups.ts";
import { type Images, images, take } from "../../data/images/images.ts";
import { stream } from "../../engine/define/random.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  balancedPositions,
  classesAsGroups,
} from "../../models/interventions/balance_groups.ts";

/** Images, and what to draw them by. */
export interface BalanceGroupsArgs {
  readonly images: Images;
  /** Groups of the images. */
  readonly groups: Groups;
  /** What gets equal shares. */
  readonly balance: "groups" | "classes";
  readonly seed: number;
}

/** Images in which every group, or every class, has an equal share: some of them several times, others not at all. */
export const balanceGroups = defineTask({
  module: import.meta.url,
  name: "balanceGroups",
  inline: true,
  result: images,
  run({ images, groups, balance, seed }: BalanceGroupsArgs) {
    const all = images.labels.length;
    if (groups.of.length !== all) {
      throw new RangeError(
        `Cannot balance ${all} images by the groups of ${groups.of.length}`,
      );
    }
    const parts = balance === "groups" ? groups : classesAsGroups(images);
    const random = stream(seed, "balance", balance);
    return take(images, balancedPositions(parts, { n: all, random }));
  },
});
