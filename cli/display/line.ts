/**
 * Lines of styled text that fit a terminal.
 *
 * @module
 */
import { styleText } from "node:util";
import { wrapped } from "../../reports/text/wrapped.ts";
import type { Output, Shell } from "../shell/shell.ts";

/** Has a terminal show its cursor, which a display hides while it draws. */
export const SHOW_CURSOR = "\x1b[?25h";

/** A piece of a line. */
export interface Part {
  readonly text: string;
  readonly style?: "bold" | "dim" | "green" | "red" | "yellow" | "cyan";
}

/** A line, in pieces. */
export type Line = readonly Part[];

/** A piece of a line, of little weight. */
export function dim(text: string): Part {
  return { text, style: "dim" };
}

/** Text with nothing in it that a terminal would act on. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
}

/** What a terminal would act on, but for line breaks. */
const UNPRINTABLE = /[[\p{Cc}\p{Cf}]--\n]/gv;

/**
 * An output whose text has nothing in it but line breaks that a terminal would
 * act on, whoever wrote it. Bytes are written as they are: files, and what
 * {@linkcode painted} lines have of colours.
 */
export function guarded(output: Output): Output {
  return {
    ...output,
    write: (content) =>
      output.write(
        typeof content === "string"
          ? content.replaceAll(UNPRINTABLE, "\u{fffd}")
          : content,
      ),
  };
}

/** Text that is to act on a terminal, as colours do, past what is {@linkcode guarded}. */
export function painted(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** JSON that says the same, with nothing in it that a terminal would act on. */
export function printableJson(json: string): string {
  return json.replaceAll(
    UNPRINTABLE,
    (character) =>
      character.split("").map((unit) =>
        `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
      ).join(""),
  );
}

/** What takes two cells of a terminal: signs of East Asia, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many cells of a terminal a text takes. */
function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue; // on the one before
    cells += WIDE.test(character) ? 2 : 1;
  }
  return cells;
}

/** How many cells a line takes. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + cellsOf(text), 0);
}

/** The widest of some columns of characters; 0 if there is none. */
export function widest(widths: readonly number[]): number {
  return widths.reduce((a, b) => Math.max(a, b), 0);
}

/**
 * The cells of a table, those of a column as wide as the widest of it.
 *
 * @param right columns that stand at the right, such as numbers
 */
export function aligned(
  rows: readonly (readonly string[])[],
  { right = [] }: { readonly right?: readonly number[] } = {},
): readonly (readonly string[])[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) {
      widths[i] = Math.max(widths[i] ?? 0, cellsOf(cell));
    }
  }
  return rows.map((row) =>
    row.map((cell, i) => {
      const air = " ".repeat((widths[i] ?? 0) - cellsOf(cell));
      return right.includes(i) ? air + cell : cell + air;
    })
  );
}

/** Rows of a table in lines, two spaces between its columns. */
export function tableLines(
  rows: readonly (readonly string[])[],
  options: Parameters<typeof aligned>[1] = {},
): readonly string[] {
  return aligned(rows, options).map((row) => row.join("  ").trimEnd());
}

/** The line, cut to `columns` cells. */
export function fit(line: Line, columns: number): Line {
  if (widthOf(line) <= columns) return line;
  let left = Math.max(0, columns - 1);
  const shown = line.map((part) => {
    let text = "";
    for (const character of part.text) {
      left -= cellsOf(character);
      if (left < 0) break;
      text += character;
    }
    return { ...part, text };
  });
  return [...shown, { text: "…".slice(0, columns) }];
}

/** A command at the end of a line, or in quotation marks: in two lines it could not be copied as one. */
const COMMAND =
  /(?<=: )deno task [^,;]*$|(?<=[`"])deno (?:task|run) [^`"]*(?=[`"])/g;

/**
 * The line in lines of no more than `columns` cells, broken at spaces but those
 * of a command.
 *
 * @param hang how many of its first characters stand before the text that is broken, which goes on below itself (default: its spaces)
 */
export function wrapLine(
  line: Line,
  { columns, hang }: {
    readonly columns: number;
    readonly hang?: number | undefined;
  },
): readonly Line[] {
  if (widthOf(line) <= columns) return [line];
  const whole = line.map(({ text }) => text).join("");
  const start = hang ?? /^ */.exec(whole)?.[0].length ?? 0;
  const text = whole.slice(start)
    .replaceAll(COMMAND, (words) => words.replaceAll(" ", "\u{a0}"));
  const lines: Line[] = [];
  let end = 0;
  for (const one of wrapped(text, columns - start, { lengthOf: cellsOf })) {
    const from = text.indexOf(one, end);
    end = from + one.length;
    lines.push(
      lines.length === 0 ? cut(line, { from: 0, end: start + end }) : [
        { text: " ".repeat(start) },
        ...cut(line, { from: start + from, end: start + end }),
      ],
    );
  }
  return lines;
}

/** The characters of a line from one to before another. */
function cut(
  line: Line,
  { from, end }: { readonly from: number; readonly end: number },
): Line {
  let before = 0;
  return line.flatMap((part): Line => {
    const text = part.text.slice(
      Math.max(0, from - before),
      Math.max(0, end - before),
    );
    before += part.text.length;
    return text === "" ? [] : [{ ...part, text }];
  });
}

/** The line as {@linkcode printable} text, in colours if there are any. */
export function paint(line: Line, { colour }: Pick<Output, "colour">): string {
  return line.map(({ text, style }) =>
    colour && style !== undefined
      ? styleText(style, printable(text), { validateStream: false })
      : printable(text)
  ).join("");
}

/**
 * Writes texts that are {@linkcode printable}, a line each, and on a terminal in
 * as many as it takes there.
 */
export function writeTexts(texts: Iterable<string>, output: Output): void {
  const uncoloured = { ...output, colour: false };
  writeLines([...texts].map((text) => [{ text }]), uncoloured);
}

/** Says for whom one waits that has the store. */
export function saysWait(
  { stderr }: Pick<Shell, "stderr">,
): (holder: string) => void {
  return (holder) =>
    writeTexts([`Waiting for another command (${holder})`], stderr);
}

/** Writes a value as {@linkcode printableJson}, broken into lines unless it is to be one. */
export function writeJson(
  value: unknown,
  output: Pick<Output, "write">,
  { inOneLine = false }: { readonly inOneLine?: boolean } = {},
): void {
  const json = JSON.stringify(value, null, inOneLine ? 0 : 2);
  output.write(`${printableJson(json)}\n`);
}

/** How wide lines of an output may be: as a terminal is, or without end. */
export function lineWidth(
  output: Pick<Output, "isTerminal" | "size">,
): number {
  return output.isTerminal ? output.size().columns : Infinity;
}

/** Writes lines, each painted for the output, and on a terminal in as many as it takes there. */
export function writeLines(lines: Iterable<Line>, output: Output): void {
  const columns = lineWidth(output);
  for (const line of lines) {
    for (const one of wrapLine(line, { columns })) {
      output.write(painted(`${paint(one, output)}\n`));
    }
  }
}
