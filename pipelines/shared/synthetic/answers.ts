/**
 * Numbers of an answer: one in bold, the others as a table, so that its
 * sentences can do with one or two.
 *
 * @module
 */
import {
  barePoints,
  inWords,
  LINE_TITLES,
  type MeasuredRefs,
  type Piece,
} from "./claims.ts";
import { type ByLine, LINES } from "./gains.ts";

/** What is measured over each line. */
export interface AnswerRow {
  /** What it is of: "photo, tint of strength 0.5". */
  readonly title: string;
  readonly over: ByLine<MeasuredRefs>;
}

/** `**+6.03 points** (95% interval +4.99 to +7.07)` */
export function withBold(measured: MeasuredRefs): readonly Piece[] {
  const [value = "", ...interval] = inWords(measured);
  return ["**", value, "**", ...interval];
}

/** A row each, with points and their 95% intervals over both lines, in Markdown. */
export function overBothLines(
  head: string,
  rows: readonly AnswerRow[],
): readonly Piece[] {
  return answerTable(
    [head, ...LINES.map((name) => LINE_TITLES[name])],
    rows.map(({ title, over }) => [
      [title],
      ...LINES.map((name) => cellOf(over[name])),
    ]),
  );
}

/** A table in Markdown, after a paragraph. */
export function answerTable(
  heads: readonly string[],
  rows: readonly (readonly (readonly Piece[])[])[],
): readonly Piece[] {
  const line = (cells: readonly (readonly Piece[])[]): readonly Piece[] => [
    "\n| ",
    ...cells.flatMap((cell, i) => i === 0 ? cell : [" | ", ...cell]),
    " |",
  ];
  return [
    "\n",
    ...line(heads.map((head) => [head])),
    ...line(heads.map(() => ["---"])),
    ...rows.flatMap(line),
  ];
}

/** `+6.03 (+4.99 to +7.07)` */
function cellOf({ value, low, high }: MeasuredRefs): readonly Piece[] {
  return [
    barePoints(value),
    " (",
    barePoints(low),
    " to ",
    barePoints(high),
    ")",
  ];
}
