/**
 * Lines at the bottom of a terminal that are drawn again and again, under
 * lines that scroll away.
 *
 * @module
 */
import type { Output } from "../shell.ts";
import { fit, type Line, paint, widthOf } from "./line.ts";

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
/** The terminal shows what lies between at once (synchronised output, mode 2026). */
const [BEGIN, END] = ["\x1b[?2026h", "\x1b[?2026l"];

/** The changing end of a terminal's text. */
export interface Region {
  /** Adds lines above the region for good, and draws the region anew. */
  draw(
    content: {
      readonly above: readonly Line[];
      readonly rows: readonly Line[];
    },
  ): void;
  /** Removes the region and gives the cursor back. */
  close(): void;
}

/** A region on a terminal. */
export function openRegion(output: Output): Region {
  let drawn: readonly Line[] = [];
  let hidden = false;

  /** Goes to where the region starts and clears everything from there. */
  function erase(columns: number): string {
    // A terminal made narrower since has broken the lines that no longer fit.
    const height = drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)),
      0,
    );
    return height === 0 ? "" : `\x1b[${height}A\r\x1b[J`;
  }

  return {
    draw({ above, rows }) {
      const { columns } = output.size();
      const text = (line: Line) => `${paint(line, output)}\n`;
      const next = rows.map((row) => fit(row, columns - 1));
      output.write(
        (hidden ? "" : HIDE_CURSOR) + BEGIN + erase(columns) +
          above.map(text).join("") +
          next.map(text).join("") + END,
      );
      hidden = true;
      drawn = next;
    },
    close() {
      if (hidden) output.write(erase(output.size().columns) + SHOW_CURSOR);
      hidden = false;
      drawn = [];
    },
  };
}
