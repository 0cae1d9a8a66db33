import { z } from "zod";
import { sortModels } from "../../data/tables/imagenet_shift.ts";
import {
  type PairedAccuracies,
  pairRows,
  type RowRule,
  type TimmRow,
} from "../../data/tables/timm_table.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { pointSchema } from "../../stats/lines/point.ts";

/** A published table of accuracies on one test set. */
export interface TestedTable {
  readonly title: string;
  readonly rows: readonly TimmRow[];
  /** Number of images of the test set. */
  readonly images: number;
}

/** The two tables of a shift, and which of their networks are what. */
export interface ReadShiftArgs {
  readonly reference: TestedTable;
  readonly shifted: TestedTable;
  readonly rule: RowRule;
  /** Names of the baselines. */
  readonly baselines: readonly string[];
  /** Names of the pre-trained networks. */
  readonly pretrained: readonly string[];
}

const groupsSchema = z.array(z.strictObject({
  data: z.string(),
  points: z.array(pointSchema).readonly(),
})).readonly();

/** Accuracies of baselines, of listed pre-trained networks, and of all others whose tag names data. */
export const readShift = defineTask({
  module: import.meta.url,
  name: "readShift",
  result: {
    baselines: json(z.array(pointSchema).readonly()),
    pretrained: json(groupsSchema),
    all: json(groupsSchema),
    /** Those of `all` that are not in the list; data of few networks together. */
    further: json(groupsSchema),
    /** Which of the lists the tables lack, as a sentence. */
    coverage: json(z.string()),
  },
  run({ reference, shifted, rule, baselines, pretrained }: ReadShiftArgs) {
    const pairs = pairRows({
      reference: reference.rows,
      shifted: shifted.rows,
      rule,
    });
    const sorted = sortModels(pairs, { baselines, pretrained });
    const total = baselines.length + pretrained.length;
    const state = sorted.baselines.length < 3
      ? `${sorted.baselines.length} of ${baselines.length} baselines have a row in both tables, and a line needs 3`
      : sorted.pretrained.length === 0
      ? `none of ${pretrained.length} pre-trained networks has a row in both tables`
      : undefined;
    if (state !== undefined) {
      throw new Error(
        `Cannot compare "${reference.title}" with "${shifted.title}": ${state}`,
      );
    }
    const listed = new Set(pretrained);
    const point = ({ model, ...accuracy }: PairedAccuracies) => ({
      model,
      reference: accuracy.reference,
      shifted: accuracy.shifted,
      referenceSize: reference.images,
      shiftedSize: shifted.images,
    });
    const points = (groups: typeof sorted.all) =>
      groups.map(({ data, models }) => ({ data, points: models.map(point) }));
    return {
      baselines: sorted.baselines.map(point),
      pretrained: points(sorted.pretrained),
      all: points(sorted.all),
      further: withoutSmall(
        points(sorted.all).map(({ data, points }) => ({
          data,
          points: points.filter(({ model }) => !listed.has(model)),
        })),
      ),
      coverage: sorted.missing.length === 0
        ? `All ${total} models of the paper’s lists have a row in both tables.`
        : `${sorted.missing.length} of the ${total} models of the paper’s lists have no row in both tables and are left out: ${
          sorted.missing.join(", ")
        }.`,
    };
  },
});

/** A figure has six shapes: groups of fewer than six networks become one. */
function withoutSmall(
  groups: z.infer<typeof groupsSchema>,
): z.infer<typeof groupsSchema> {
  const rest = groups.filter(({ points }) => points.length < 6)
    .flatMap(({ points }) => points);
  return [
    ...groups.filter(({ points }) => points.length >= 6),
    ...rest.length === 0 ? [] : [{ data: "others", points: rest }],
  ];
}
