import assert from "node:assert/strict";
import { openRegion } from "../../../cli/display/live_display.ts";
import type { Output } from "../../../cli/shell/shell.ts";

/** An output whose width can be changed, and what was written to it last. */
function terminal(columns: number) {
  const written: string[] = [];
  const output: Output = {
    isTerminal: true,
    colour: false,
    size: () => ({ columns: state.columns, rows: 24 }),
    write: (content) =>
      void written.push(
        typeof content === "string"
          ? content
          : new TextDecoder().decode(content),
      ),
  };
  const state = { columns, output, last: () => written.at(-1) ?? "" };
  return state;
}

Deno.test("openRegion() goes back over the rows of its last drawing", () => {
  const t = terminal(40);
  const region = openRegion(t.output);
  region.draw({ above: [], rows: [[{ text: "one" }], [{ text: "two" }]] });
  assert.equal(t.last(), "\x1b[?25l\x1b[?2026hone\ntwo\n\x1b[?2026l");
  region.draw({ above: [[{ text: "done" }]], rows: [[{ text: "two" }]] });
  assert.equal(
    t.last(),
    "\x1b[?2026h\x1b[2A\r\x1b[Jdone\ntwo\n\x1b[?2026l",
  );
});

Deno.test("openRegion() cuts rows to the width of the terminal", () => {
  const t = terminal(8);
  openRegion(t.output).draw({ above: [], rows: [[{ text: "0123456789" }]] });
  assert.match(t.last(), /h012345…\n/);
});

Deno.test("openRegion() counts the rows that a narrower terminal has broken", () => {
  const t = terminal(40);
  const region = openRegion(t.output);
  region.draw({ above: [], rows: [[{ text: "x".repeat(30) }]] });
  t.columns = 12;
  region.draw({ above: [], rows: [] });
  assert.match(t.last(), /\[3A/);
});

Deno.test("openRegion() erases its rows and shows the cursor when it is closed", () => {
  const t = terminal(40);
  const region = openRegion(t.output);
  region.draw({ above: [], rows: [[{ text: "one" }]] });
  region.close();
  assert.equal(t.last(), "\x1b[1A\r\x1b[J\x1b[?25h");
});
