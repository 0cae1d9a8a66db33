import assert from "node:assert/strict";
import { askPage, composeAsk } from "../../../reports/site/ask_page.ts";
import { csvRecords } from "../../../reports/site/check_csv.ts";
import {
  inPublic,
  keptText,
  readKept,
} from "../../../reports/site/kept_answer.ts";
import type { AskedExample } from "../../../reports/value/asked_answer.ts";
import { textOf } from "../text_of.ts";
import { ASKED, findingsOf } from "./asked_page.ts";

const examples = [9, 8, 7, 6, 5, 4, 3, 2, 1].map((score): AskedExample => ({
  name: `cat/${score}.png`,
  score,
  inSupport: score < 4,
}));

/** The rows of the table of names. */
function namesOn(page: string): readonly string[] {
  const table = /\n\| [^|]*least typical.*\n\|.*\n((?:\|.*\n)+)/.exec(page);
  return table?.[1]?.trim().split("\n") ?? [];
}

Deno.test("composeAsk() names the most and the least typical examples of each part, none twice, and has all of them in a file", () => {
  const files = composeAsk(findingsOf(), { ...ASKED, examples });
  const page = textOf(files, "index.md");
  assert.match(
    page,
    /\| out of support, least typical \| out of support, most typical \| in support, least typical \| in support, most typical \|/,
  );
  assert.deepEqual(namesOn(page), [
    "| `cat/9.png` | `cat/4.png` | `cat/3.png` | `cat/1.png` |",
    "| `cat/8.png` | `cat/5.png` | `cat/2.png` |  |",
    "| `cat/7.png` | `cat/6.png` |  |  |",
  ]);
  assert.match(page, /All 9 that were compared are in \[examples\.csv\]/);
  const [head, first, ...others] = csvRecords(textOf(files, "examples.csv"));
  assert.deepEqual(head, ["set", "example", "score", "part"]);
  assert.deepEqual(first, ["shifted", "cat/9.png", "9", "out of support"]);
  assert.deepEqual(others.at(-1), ["shifted", "cat/1.png", "1", "in support"]);
  assert.equal(others.length, 8);
});

Deno.test("composeAsk() gives names without parts where nobody knows who is out of support, and no names where nothing was told apart", () => {
  const { outOfSupport, ...findings } = findingsOf();
  assert.ok(outOfSupport !== null);
  const unsure = composeAsk({
    ...findings,
    outOfSupport: { ...outOfSupport, agreement: 0.2 },
  }, { ...ASKED, examples });
  const [head, first] = csvRecords(textOf(unsure, "examples.csv"));
  assert.deepEqual(head, ["set", "example", "score"]);
  assert.deepEqual(first, ["shifted", "cat/9.png", "9"]);
  const rows = namesOn(textOf(unsure, "index.md"));
  assert.equal(rows.length, 5);
  assert.equal(rows[0], "| `cat/9.png` | `cat/1.png` |");
  for (
    const none of [
      composeAsk({ ...findings, outOfSupport: null }, { ...ASKED, examples }),
      composeAsk({ ...findings, outOfSupport }, { ...ASKED, examples: [] }),
    ]
  ) {
    assert.equal(none.has("examples.csv"), false);
    assert.doesNotMatch(textOf(none, "index.md"), /least typical \|/);
  }
});

Deno.test("inPublic() leaves out what single examples are called", () => {
  const kept = readKept(keptText({ ...ASKED, examples }, "0".repeat(64)));
  assert.doesNotMatch(JSON.stringify(kept), /cat\//);
  const { page, files } = askPage(findingsOf(), inPublic(kept, []), {
    folder: "answers/field/",
  });
  assert.equal(files?.has("examples.csv"), false);
  assert.doesNotMatch(JSON.stringify(page), /cat\//);
});
