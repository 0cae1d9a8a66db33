/**
 * Lines at the bottom of a terminal that are drawn again and again, under
 * lines that scroll away.
 *
 * @module
 */
import type { Output } from "../shell/shell.ts";
import { fit, type Line, paint, widthOf } from "./line.ts";

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
/** The terminal shows what lies between at once (synchronised output, mode 2026). */
const [BEGIN, END] = ["\x1b[?2026h", "\x1b[?2026l"];

/** A region on a terminal. */
export function openRegion(output: Output): {
  /** Adds lines above the region for good, and draws the region anew. */
  draw(content: Readonly<Record<"above" | "rows", readonly Line[]>>): void;
  /** Removes the region and gives the cursor back. */
  close(): void;
} {
  let drawn: readonly Line[] | undefined;

  /** Goes to where the region starts and clears everything from there. */
  function erase(): string {
    const { columns } = output.size();
    // A terminal made narrower since has broken the lines that no longer fit.
    const height = (drawn ?? []).reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)),
      0,
    );
    return height === 0 ? "" : `\x1b[${height}A\r\x1b[J`;
  }

  return {
    draw({ above, rows }) {
      const { columns } = output.size();
      const next = rows.map((row) => fit(row, columns - 1));
      const lines = [...above, ...next].map((line) =>
        `${paint(line, output)}\n`
      );
      const start = drawn === undefined ? HIDE_CURSOR : "";
      output.write(start + BEGIN + erase() + lines.join("") + END);
      drawn = next;
    },
    close() {
      if (drawn !== undefined) output.write(erase() + SHOW_CURSOR);
      drawn = undefined;
    },
  };
}
