/**
 * What the natural shifts are made of, as their pages show it.
 *
 * @module
 */
import { iconSets, type Look } from "../../data/drawings/icon_sets.ts";
import { quickDraw } from "../../data/drawings/quick_draw.ts";
import { rejectedRenditions } from "../../data/drawings/rendition_names.ts";
import { sketchCategories } from "../../data/drawings/sketches.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type {
  DatasetRecord,
  ShiftRecord,
} from "../../reports/value/material.ts";
import { capital } from "../../reports/value/wording.ts";
import type { Table } from "../../reports/value/report.ts";
import { countClasses } from "../../tasks/datasets/count_classes.ts";
import { drawContactSheet } from "../../tasks/pictures/draw_contact_sheet.ts";
import type { LazyPicture } from "../shared/synthetic/material.ts";
import { iconPackages, packageOf } from "../shared/synthetic/packages.ts";
import { renditions, type ShiftedSet, shiftedSets } from "./sets.ts";
import type { Scale } from "./scale.ts";

/** Images of each class shown in a row. */
const PER_CLASS = 36;

/** A contact sheet of a set. */
export function setPicture(
  { name, title, images, classes }: ShiftedSet,
): LazyPicture {
  return {
    id: name,
    caption:
      `${title}: the first of each class, one row a class, airplane to truck.${
        classes.length < 10 ? " There is no sketch of a deer." : ""
      }`,
    alt: `Rows of small drawings, one row a class: ${classes.join(", ")}.`,
    png: drawContactSheet(
      { sets: [images], perClass: PER_CLASS },
      `natural-${name}`,
    ),
  };
}

/** The sketches, as the page shows them. */
export function sketchesRecord(scale: Scale): Lazy<DatasetRecord> {
  return {
    id: "quick-draw",
    title: quickDraw.title,
    description: `Sketches that people made in twenty seconds each. Of ${
      Object.values(sketchCategories).flat().length
    } categories that show nine classes of CIFAR-10; others serve pre-training.`,
    ...packageOf(quickDraw),
    sheet: setPicture(shiftedSets(scale).sketches),
    digest: quickDraw.digest,
  };
}

/** The icon and emoji sets of one look, as the page shows them. */
export function renditionsRecord(
  scale: Scale,
  look: Look,
): Lazy<DatasetRecord> {
  const sets = iconSets.filter((set) => set.look === look);
  const drawn = renditions(look);
  const set = shiftedSets(scale)[look];
  return {
    id: `renditions-${look}`,
    title: capital(set.shifted),
    description: [
      { value: drawn.n, unit: "count" },
      " drawings of CIFAR-10’s classes on white, chosen by name and then by eye; ",
      { value: drawn.duplicates, unit: "count" },
      " more were left out because another one looks nearly the same.",
    ],
    ...iconPackages(sets),
    sheet: setPicture(set),
  };
}

/** The three shifts. */
export function shiftRecords(scale: Scale): readonly Lazy<ShiftRecord>[] {
  return Object.values(shiftedSets(scale)).map((set) => ({
    id: `natural-${set.name}`,
    title: set.title,
    support: "out",
    reference: "photographs",
    shifted: set.shifted,
    description: set.description,
    sheet: setPicture(set),
  }));
}

/** How many images there are of each class. */
export function classesTable(scale: Scale): Lazy<Table> {
  return {
    id: "classes",
    caption:
      "The number of images of each class. Accuracies are balanced: every class counts the same, however many images it has.",
    ...countClasses({
      sets: Object.values(shiftedSets(scale))
        .map(({ title, images }) => ({ title, images })),
    }, "natural"),
  };
}

/** The sets with their licences. */
export function setsTable(): Table {
  return {
    id: "sets",
    caption:
      "The icon and emoji sets, with their licences as stated by their packages.",
    columns: ["set", "author", "look", "licence", "package"],
    rows: iconSets.map(({ title, author, look, licence, source, version }) => [
      ...[title, author, look, licence],
      `${source}@${version}`,
    ]),
  };
}

/** Drawings that were left out by eye. */
export function rejectedTable(): Table {
  return {
    id: "rejected",
    caption: "Drawings whose name fits a class but whose picture does not.",
    columns: ["drawing", "what it shows"],
    rows: Object.entries(rejectedRenditions).map(([name, why]) => [name, why]),
  };
}
