/**
 * Which shifts and networks an experiment is about, in a line of links.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { FOLDERS } from "../document/address.ts";
import { SUPPORT_WORDS } from "../value/support_words.ts";
import type { Block, Inline } from "../document/document.ts";
import { link } from "../document/pieces.ts";
import type { Report } from "../value/report.ts";

/** A line that leads from a report to its shifts and networks, if it names any. */
export function madeOfLine(
  { id, shifts = [], models = [], pretraining = [] }: Report,
): readonly Block[] {
  const folder = `${id}/`;
  const items: readonly (readonly Inline[])[] = [
    ...shifts.map((shift) => [
      placeLink(folder, placeOf(shift, FOLDERS.shifts)),
      shift.support === "unknown"
        ? " (support unknown)"
        : ` (${SUPPORT_WORDS[shift.support]})`,
    ]),
    ...models.map((model): readonly Inline[] => [
      placeLink(folder, placeOf(model, FOLDERS.models)),
    ]),
  ];
  return items.length === 0 ? [] : [{
    kind: "line",
    text: [
      "About: ",
      ...items.flatMap((item, i) => i === 0 ? item : [", ", ...item]),
      ".",
      ...pretraining.length === 0 ? [] : [
        " Pre-trained: ",
        ...pretraining.flatMap(({ name }, i): readonly Inline[] => [
          ...i === 0 ? [] : [", "],
          link(name, "#pre-training"),
        ]),
        ".",
      ],
    ],
  }];
}
