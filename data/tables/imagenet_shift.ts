/**
 * The networks of two tables, sorted into baselines and pre-trained ones.
 *
 * @module
 */
import { pretrainingData, pretrainingDataOf } from "./pretraining_data.ts";
import type { PairedAccuracies } from "./timm_table.ts";

/** Networks that were pre-trained on the same data. */
export interface PretrainedOn {
  /** Name of the data, e.g. "CLIP-LAION". */
  readonly data: string;
  /** The networks, in the order of the published list. */
  readonly models: readonly PairedAccuracies[];
}

/** The networks by what they are compared as. */
export interface SortedModels {
  /** Networks of the published list of baselines, in its order. */
  readonly baselines: readonly PairedAccuracies[];
  /** Networks of the published list of pre-trained ones, by data. */
  readonly pretrained: readonly PretrainedOn[];
  /** Every network whose tag names other data than ImageNet-1k, by data. */
  readonly all: readonly PretrainedOn[];
  /** Names in either list that the tables lack. */
  readonly missing: readonly string[];
}

/** Sorts networks by the two lists and by their tags. */
export function sortModels(
  models: readonly PairedAccuracies[],
  { baselines, pretrained }: {
    readonly baselines: readonly string[];
    readonly pretrained: readonly string[];
  },
): SortedModels {
  const byName = new Map(models.map((model) => [model.model, model]));
  const listed = (names: readonly string[]) =>
    names.flatMap((name) => byName.get(name) ?? []);
  return {
    baselines: listed(baselines),
    pretrained: byData(listed(pretrained)),
    all: byData(
      models.filter(({ model }) => pretrainingDataOf(model) !== undefined),
    ),
    missing: [...baselines, ...pretrained].filter((name) => !byName.has(name)),
  };
}

function byData(
  models: readonly PairedAccuracies[],
): readonly PretrainedOn[] {
  const named = models.map((model) => ({
    model,
    data: pretrainingDataOf(model.model) ?? "other data",
  }));
  return [...Object.keys(pretrainingData), "other data"].flatMap((data) => {
    const mine = named.filter((one) => one.data === data);
    return mine.length === 0
      ? []
      : [{ data, models: mine.map(({ model }) => model) }];
  });
}
