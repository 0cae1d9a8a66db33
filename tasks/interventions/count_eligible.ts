import { z } from "zod";
import type { Images } from "../../data/images/images.ts";
import { narrowestOf } from "../../data/images/narrow.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";

/** Images that `curate` chooses among, as they look before they are shifted. */
export interface CountEligibleArgs {
  readonly looks: Images;
  /** Whether only bright and warm images are taken. */
  readonly narrowed: boolean;
}

/** How many images of a class examples are chosen from: in the class that has the fewest, and in that with the most. */
export const countEligible = defineTask({
  module: import.meta.url,
  name: "countEligible",
  result: { fewest: json(z.int()), most: json(z.int()) },
  run({ looks, narrowed }: CountEligibleArgs) {
    const counts = looks.classes.map((_, label) => {
      const ofClass = [...looks.labels.keys()]
        .filter((i) => looks.labels[i] === label);
      return (narrowed ? narrowestOf(looks, ofClass) : ofClass).length;
    });
    return { fewest: smallest(counts), most: largest(counts) };
  },
});
