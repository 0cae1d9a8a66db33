import assert from "node:assert/strict";
import { HELPS, SHIFTS } from "../../../reports/site/ask_against_bias.ts";
import {
  helpsOn,
  helpsText,
  readHelps,
} from "../../../reports/site/helps_record.ts";

Deno.test("ask quotes of what helps against a bias what docs/what_helps.json has, of full", async () => {
  const { profile, columns, rows } = readHelps(
    await Deno.readTextFile(
      new URL("../../../docs/what_helps.json", import.meta.url),
    ),
  );
  assert.equal(profile, "full");
  const places = SHIFTS.map(([column]) => columns.indexOf(column));
  assert.ok(places.every((place) => place > 0));
  for (const [what, networks, ...cells] of HELPS) {
    // Under marks, which are not quoted, there may be fewer.
    const row = rows.find(([first = ""]) =>
      first.replace(/ \(marks: \d+\)$/, "") === `${what}; ${networks}`
    );
    assert.ok(row !== undefined, `${what}; ${networks}`);
    assert.deepEqual(cells, places.map((place) => row[place]));
  }
});

Deno.test("helpsOn() takes the table of what helps from a page, and nothing from another", () => {
  const page = `Text.

<a id="table-what-helps"></a>**Table 1.** What helps.

| intervention; networks | tint (in support) |
| --- | ---: |
| **none**; from scratch | 51.0% |
| **both**; from scratch | – |

| other | table |
| --- | --- |
`;
  const record = helpsOn(page, { profile: "full" });
  assert.ok(record !== undefined);
  assert.deepEqual(record, {
    profile: "full",
    columns: ["intervention; networks", "tint (in support)"],
    rows: [["none; from scratch", "51.0%"], ["both; from scratch", "–"]],
  });
  assert.deepEqual(readHelps(helpsText(record)), record);
  assert.equal(helpsOn("Text.", { profile: "full" }), undefined);
});
