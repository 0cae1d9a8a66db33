/** How often the jackknife's interval holds the accuracy in the worst group of many networks, as the page of interventions says. */
import assert from "node:assert/strict";
import { type Stream, stream } from "../../../engine/define/random.ts";
import {
  BLOCKS,
  type GroupCounts,
} from "../../../shifts/measure/group_counts.ts";
import { meanOver } from "../../../shifts/measure/mean_over.ts";
import { normalCdf } from "../../../stats/intervals/distributions.ts";
import { jackknife } from "../../../stats/intervals/jackknife.ts";
import { test } from "../../full.ts";

const [GROUPS, DRAWS] = [20, 300];

/** Deviations on the probit axis: of a network, of a network in a group, and of what images and networks have in common. */
const [OF_NETWORK, OF_CELL, OF_IMAGE] = [0.08, 0.1, Math.sqrt(0.5)];

const MEASURE = { kind: "worst" } as const;

/** Probits of a network's accuracies, of groups that lie so far from each other. */
function drawNetwork(random: Stream, spread: number): readonly number[] {
  const own = OF_NETWORK * random.normal();
  return Array.from(
    { length: GROUPS },
    (_, group) =>
      0.5 + spread * (group / (GROUPS - 1) - 0.5) + own +
      OF_CELL * random.normal(),
  );
}

/** What networks get right of the same images. */
function countsOf(
  random: Stream,
  { networks, images }: {
    readonly networks: readonly (readonly number[])[];
    readonly images: number;
  },
): readonly GroupCounts[] {
  const counts = networks.map((): GroupCounts => ({
    names: Array.from({ length: GROUPS }, (_, group) => `${group}`),
    right: new Float64Array(BLOCKS * GROUPS),
    total: new Float64Array(BLOCKS * GROUPS),
  }));
  for (let group = 0; group < GROUPS; group++) {
    for (let i = 0; i < images; i++) {
      const ease = OF_IMAGE * random.normal();
      const cell = (i % BLOCKS) * GROUPS + group;
      for (const [k, { right, total }] of counts.entries()) {
        const probit = networks[k]?.[group] as number;
        const hit = probit + ease + OF_IMAGE * random.normal() > 0 ? 1 : 0;
        right[cell] = (right[cell] as number) + hit;
        total[cell] = (total[cell] as number) + 1;
      }
    }
  }
  return counts;
}

/** Share of the draws whose interval holds the mean over networks of the accuracy in the worst group. */
function held(
  { spread, images, networks }: {
    readonly spread: number;
    readonly images: number;
    readonly networks: number;
  },
): number {
  const random = stream(images, "worst groups", `${spread}`);
  const many = 20_000;
  let truth = 0;
  for (let k = 0; k < many; k++) {
    truth += normalCdf(Math.min(...drawNetwork(random, spread))) / many;
  }
  let inside = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const counts = countsOf(random, {
      networks: Array.from(
        { length: networks },
        () => drawNetwork(random, spread),
      ),
      images,
    });
    const { low, high } = jackknife(
      (without) => meanOver(counts, MEASURE, without),
      { factors: { networks, images: BLOCKS } },
    );
    if (low <= truth && truth <= high) inside++;
  }
  return inside / DRAWS;
}

test.inFull("the jackknife of a worst group holds about what it should, and less where all groups are alike", () => {
  for (
    const [networks, images, alike, different] of [
      [4, 250, 0.957, 0.963],
      [4, 500, 0.97, 0.95],
      [8, 250, 0.9, 0.933],
      [8, 500, 0.953, 0.96],
    ] as const
  ) {
    for (const [spread, rate] of [[0, alike], [1, different]] as const) {
      const found = held({ spread, images, networks });
      const text = `${found} of ${networks} networks, ${images} images`;
      assert.ok(Math.abs(found - rate) < 0.001, text);
    }
  }
});
