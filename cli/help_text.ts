/**
 * Help texts.
 *
 * @module
 */
import {
  type Line,
  paint,
  type Part,
  widest,
  widthOf,
} from "./display/line.ts";
import { wrapped } from "../reports/text/wrapped.ts";
import { optionOf, type Row, type Words } from "./arguments/words.ts";

/** How wide a help text may be, and whether it may have colours. */
export interface Page {
  readonly columns: number;
  readonly colour: boolean;
}

/** An option or a command, and what is said of it. */
interface Entry {
  readonly label: Line;
  readonly help: string;
}

const NARROWEST = 60;
const WIDEST = 100;

/** The help text of a command: what it does, and which words it takes. */
export function helpOfCommand(
  { name, summary, words }: {
    readonly name: string;
    readonly summary: string;
    readonly words: Words;
  },
  page: Page,
): string {
  const rows = Object.entries(words);
  const options = rows.filter(([, row]) => row.positional === undefined);
  const places = rows.flatMap(([, row]) =>
    row.positional === undefined ? [] : [row]
  );
  const usage = ["[OPTION…]", ...places.map(usageOf)].join(" ");
  return [
    paint([...usageLabel(name), { text: ` ${usage}` }], page),
    "",
    ...wrapped(summary, widthOfPage(page)),
    "",
    ...listing([
      ...options.map(([key, { value, help }]) => ({
        label: labelOf(optionOf(key), value?.metavar),
        help,
      })),
      ...places.map(({ value, help }) => ({
        label: [{ text: value?.metavar ?? "" }],
        help,
      })),
    ], page),
  ].join("\n");
}

/** The help text that lists all commands. */
export function helpOfCommands(
  commands: Readonly<Record<string, string>>,
  page: Page,
): string {
  return [
    "Asks a distribution shift whether pre-training will help.",
    paint([...usageLabel("COMMAND"), { text: " [OPTION…]" }], page),
    "",
    ...listing([
      ...Object.entries(commands).map(([name, help]) => ({
        label: labelOf(name),
        help,
      })),
      {
        label: labelOf("--help, -h"),
        help: "Shows this text, or the options of the command before it.",
      },
      { label: labelOf("--version"), help: "Shows the version." },
    ], page),
  ].join("\n");
}

function usageLabel(name: string): Line {
  return [{ text: "Usage: ", style: "dim" }, {
    text: `deno task ${name}`,
    style: "bold",
  }];
}

/** A word of the usage line: `SITE`, `[RUN]`, `[PIPELINE…]` or `[-- WORD…]`. */
function usageOf({ value, repeatable, needed, positional }: Row): string {
  const dashes = positional === "after --" ? "-- " : "";
  const more = repeatable === undefined ? "" : "…";
  const word = `${dashes}${value?.metavar}${more}`;
  return needed === undefined ? `[${word}]` : word;
}

function labelOf(name: string, metavar?: string): Line {
  const first: Part = { text: name, style: "bold" };
  return metavar === undefined
    ? [first]
    : [first, { text: ` ${metavar}`, style: "dim" }];
}

/** Labels in one column, what is said of them in another. */
function listing(entries: readonly Entry[], page: Page): readonly string[] {
  const width = widest(entries.map(({ label }) => widthOf(label)));
  const indent = " ".repeat(2 + width + 2);
  return entries.flatMap(({ label, help }) => {
    const gap = " ".repeat(width - widthOf(label) + 2);
    const [first = "", ...more] = wrapped(
      help,
      widthOfPage(page) - indent.length,
    );
    return [
      `  ${paint(label, page)}${gap}${first}`,
      ...more.map((line) => `${indent}${line}`),
    ];
  });
}

function widthOfPage({ columns }: Page): number {
  return Math.max(NARROWEST, Math.min(columns, WIDEST));
}
