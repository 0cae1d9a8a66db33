import assert from "node:assert/strict";
import { againstBiasBlocks } from "../../../reports/site/ask_against_bias.ts";
import { helpsOn, helpsText } from "../../../reports/site/helps_record.ts";

Deno.test("ask quotes what helps against a bias, of full, a row from scratch and one pre-trained of each intervention", async () => {
  const text = await Deno.readTextFile(
    new URL("../../../docs/what_helps.json", import.meta.url),
  );
  const { profile, columns, rows } = JSON.parse(text);
  assert.equal(profile, "full");
  const [told] = againstBiasBlocks({ folder: "asked" })
    .filter(({ kind }) => kind === "table");
  assert.ok(told?.kind === "table");
  assert.equal(told.rows.length, 12);
  const place = columns.indexOf("label shift (in support)");
  const row = rows.find(([first]: string[]) =>
    first === "trained on balanced groups; pre-trained, n = 4"
  );
  assert.match(row[place], /^\d\d\.\d%; \+\d/);
  assert.ok(
    JSON.stringify(told.rows).replaceAll("\u00a0", " ").includes(row[place]),
  );
  assert.ok(!JSON.stringify(told.rows).includes("marks"));
});

Deno.test("ask says of refitting against a typeface that most of it comes with nothing balanced, and shows that control", () => {
  const [said, , table] = againstBiasBlocks({ folder: "asked" });
  assert.match(
    JSON.stringify(said),
    /against a typeface, .* groups weighted alike, most of which the control has, too\./,
  );
  assert.ok(table?.kind === "table");
  const place = table.columns.findIndex((cell) =>
    JSON.stringify(cell).includes("typeface")
  );
  for (const start of ["from scratch", "pre-trained"]) {
    const [none, balanced, control] = [
      "no intervention",
      "groups weighted alike",
      "nothing balanced (control)",
    ].map((what) => {
      const row = table.rows.find(([first, networks]) =>
        JSON.stringify(first).includes(what) &&
        JSON.stringify(networks).includes(start)
      );
      const [, percent] = /([\d.]+)%/.exec(JSON.stringify(row?.[place])) ?? [];
      return Number(percent);
    });
    assert.ok(
      none !== undefined && balanced !== undefined && control !== undefined,
    );
    assert.ok(control - none > (balanced - none) / 2, start);
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
  assert.deepEqual(JSON.parse(helpsText(record)), record);
  assert.equal(helpsOn("Text.", { profile: "full" }), undefined);
});
