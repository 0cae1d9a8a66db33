/**
 * What pages of datasets, shifts and networks have in common: the contact
 * sheet, and which experiments use them.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { verdictCounts } from "../value/verdict_counts.ts";
import type { Block } from "../document/document.ts";
import { cards, heading, inlineProse, picture } from "../document/pieces.ts";
import type { Gathered } from "../document/gather.ts";
import type { Setting } from "../value/material.ts";
import type { Picture } from "../value/picture.ts";

/** A contact sheet, where there is one; its file is beside the page. */
export function sheetBlocks(sheet: Picture | undefined): readonly Block[] {
  return sheet === undefined ? [] : [picture(sheet)];
}

/** Which experiments use it, with what was chosen in each and what came out. */
export function usesBlocks(
  { uses }: Gathered<unknown>,
  { folder }: { readonly folder: string },
): readonly Block[] {
  const names = [
    ...new Set(
      uses.flatMap(({ settings }) => settings.map(({ name }) => name)),
    ),
  ];
  const valueOf = (settings: readonly Setting[], name: string) => {
    const setting = settings.find((one) => one.name === name);
    return setting === undefined ? "–" : inlineProse(setting.value);
  };
  return [
    heading("used-by", "Used by"),
    cards(
      "Experiments that use it",
      ["experiment", ...names, "claims"],
      uses.map(({ report, settings }) => [
        placeLink(folder, placeOf(report)),
        ...names.map((name) => valueOf(settings, name)),
        verdictCounts(report.claims),
      ]),
    ),
  ];
}
