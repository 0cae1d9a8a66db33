/**
 * Icon and emoji sets, as the pages show them.
 *
 * @module
 */
import { digestOf } from "../../../data/datasets/dataset.ts";
import { type IconSet, iconSets } from "../../../data/drawings/icon_sets.ts";
import type { Lazy } from "../../../engine/define/ref.ts";
import type { DatasetRecord } from "../../../reports/value/material.ts";
import { drawExamples } from "../../../tasks/pictures/draw_examples.ts";
import { loadIcons } from "../../../tasks/datasets/load_icons.ts";
import { SEED, type SweptScale } from "./scale.ts";

/** Where some sets are from, under which licences, and by whom. */
export function packagesOf(
  sets: readonly IconSet[],
): Pick<
  DatasetRecord,
  "source" | "version" | "url" | "licence" | "citation" | "digest"
> {
  return {
    source: `npm packages ${sets.map(({ source }) => source).join(", ")}`,
    version: sets.map(({ version }) => version).join(", "),
    url: "https://iconify.design",
    licence: sets.map(({ title, author, licence }) =>
      `${title} by ${author}: ${licence}`
    ).join("; "),
    citation: sets.map(({ title, author }) => `${author}: ${title}`)
      .join("; "),
    digest: digestOf(
      sets.map(({ source, files: [file] }) => ({
        ...file,
        name: `${source}/${file.name}`,
      })),
    ),
  };
}

/** The icons of what is no relative of the classes. */
export function iconsOf({ sweep }: SweptScale): ReturnType<typeof loadIcons> {
  return loadIcons({ seed: SEED, ...sweep.icons });
}

/** What the page says of the icons of what is no relative of the classes. */
export function iconConceptsRecord(scale: SweptScale): Lazy<DatasetRecord> {
  const { images, n, concepts, skipped } = iconsOf(scale);
  const { leastSets } = scale.sweep.icons;
  return {
    id: "icon-concepts",
    title: "Icon concepts",
    description: [
      { value: n, unit: "count" },
      " icons and emoji of ",
      { value: concepts, unit: "count" },
      ` concepts: all names that at least ${leastSets} of ${iconSets.length} sets share, numbers and words of style at their ends apart, without the classes of CIFAR-10 and their relatives. Drawings of one name make one class. Each black one is drawn in a random ink on a random paper, each coloured one on a random paper. Drawings that could not be made: `,
      { value: skipped, unit: "count" },
      ".",
    ],
    ...packagesOf(iconSets),
    sheet: {
      id: "icon-concepts",
      caption: "A random sample of them.",
      alt: "Rows of small icons and emoji on paper of many colours.",
      png: drawExamples({
        images,
        n: 6 * 24,
        columns: 24,
        seed: SEED,
      }, "icons").png,
    },
  };
}
