/** Two reports, one of many figures, and the site of both. */
import type { ShiftRecord } from "../../../reports/value/material.ts";
import type { Report } from "../../../reports/value/report.ts";
import { site } from "../../../reports/site/site.ts";
import { figure, past, report, run } from "../example.ts";
import { png } from "../png.ts";
import { wordsOf } from "../text_of.ts";

/** A shift that both report on. */
const tint: ShiftRecord = {
  id: "tint",
  title: "Spurious tint",
  support: "in",
  description: "The colour goes with the class.",
  reference: "photographs in the colour of their class",
  shifted: "photographs in any colour",
  settings: [{ name: "strength", value: "0.25" }],
};

/** Five figures, of which the claim is about the last. */
export const many: Report = {
  ...report,
  id: "many",
  title: "Many figures",
  figures: ["a", "b", "c", "d", "e"].map((id) => ({ ...figure, id })),
  claims: report.claims.slice(0, 1).map((claim) => ({
    ...claim,
    figure: "e",
    answers: "in support",
  })),
  mainFigures: ["b"],
  shifts: [{
    ...tint,
    settings: [{ name: "strength", value: "0.5" }],
    sheet: { id: "sheet", caption: "Tints.", alt: "Squares.", png: png() },
  }],
};
/** The first of the site. */
export const first: Report = {
  ...report,
  shifts: [tint],
  models: [{
    id: "resnet-8",
    title: "ResNet-8",
    description: "Eight layers.",
    parameters: 75_274,
  }],
  nominations: [
    { place: "front page", id: figure.id },
    { place: "accuracy on the line", id: figure.id },
    { place: "bias", id: "tints" },
  ],
};
export const files = site({ reports: [first, many], run, history: [past] });

/** The words of a page, of this site unless another is given. */
export const textOf = (path: string, of = files): string => wordsOf(of, path);
