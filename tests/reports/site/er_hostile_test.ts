import assert from "node:assert/strict";
import fc from "../../property.ts";
import { composeEr } from "../../../reports/site/er_page.ts";
import { groupedRobustness } from "../../../stats/lines/grouped_robustness.ts";
import { fuzz } from "../../fuzz/fuzz.ts";
import { elements, elementsOfMarkdown, markdown } from "../elements.ts";
import { hostileText } from "../hostile_text.ts";
import { textsOf } from "./er_files.ts";
import { malformed } from "../well_formed.ts";

/** What a table may name. */
interface Names {
  readonly file: string;
  readonly model: string;
  readonly group: string;
  readonly baseline: string;
  readonly column: string;
}

const PLAIN: Names = {
  file: "table",
  model: "model",
  group: "group",
  baseline: "baseline",
  column: "column",
};

/** The files of a page of six models with these names. */
function page(names: Names): ReadonlyMap<string, string> {
  const { file, model, group, baseline, column } = names;
  const rows = [0.6, 0.65, 0.7, 0.75, 0.8, 0.85].map((reference, i) => ({
    model: `${model}${i}`,
    group: i < 4 ? baseline : group,
    reference,
    shifted: reference - 0.1 - 0.01 * (i % 2),
  }));
  const columns = {
    name: "name",
    group: "kind",
    reference: column,
    shifted: `${column}2`,
  };
  return textsOf(composeEr(
    groupedRobustness(rows, { baseline, scale: "probit", level: 0.95 }),
    {
      file,
      columns,
      table: { unit: "fraction", because: "no value is above 1" },
      sha256: "abc123",
      warnings: [`model "${model}" is far`],
      command: ["deno", "task", "er", "--reference", column],
      version: "1.2.3",
    },
  ));
}

const names: fc.Arbitrary<Names> = fc.record({
  file: hostileText,
  model: hostileText,
  group: hostileText,
  baseline: hostileText,
  column: hostileText,
}).filter(({ group, baseline }) => group !== baseline);

/** What neither XML nor a terminal has a place for. */
const CONTROL = /(?![\t\n\r])[\p{Cc}\ufffe\uffff\ud800-\udfff]/u;

const ours = (() => {
  const plain = page(PLAIN);
  return {
    html: elements(plain.get("index.html") ?? ""),
    md: elementsOfMarkdown(plain.get("index.md") ?? ""),
  };
})();

fuzz(
  "composeEr() makes text of whatever a table names, in every file",
  names,
  (given) => {
    const files = page(given);
    for (const [path, text] of files) {
      if (!path.endsWith(".json")) assert.doesNotMatch(text, CONTROL, path);
    }
    const svg = files.get("effective-robustness.svg") ?? "";
    assert.equal(malformed(svg), undefined, svg);
    assert.deepEqual(elements(files.get("index.html") ?? ""), ours.html);
    assert.deepEqual(elementsOfMarkdown(files.get("index.md") ?? ""), ours.md);
  },
  { cost: 2 },
);

Deno.test("composeEr() shows markup and control characters as what they are", () => {
  const files = page({
    ...PLAIN,
    group: "<img src=x onerror=alert(3)> \x1b[31m",
  });
  for (const path of ["index.html", "effective-robustness.svg"]) {
    assert.match(
      files.get(path) ?? "",
      /&lt;img src=x onerror=alert\(3\)&gt; ␛\[31m/,
    );
  }
  const rendered = markdown.render(files.get("index.md") ?? "");
  assert.match(rendered, /&lt;img src=x onerror=alert\(3\)&gt; ␛\[31m/);
});
