/** What the page of an answer shows of long tables and lists, and what it folds. */
import assert from "node:assert/strict";
import { composeAsk } from "../../../reports/site/ask_page.ts";
import { ASKED, askedPage, findingsOf } from "./asked_page.ts";

/** Of each table of a page its cells, row by row, and whether it is folded. */
function tablesOf(
  html: string,
): readonly { readonly isFolded: boolean; readonly rows: readonly string[] }[] {
  return [...html.matchAll(/<details|<\/details|<table[^]*?<\/table>/g)]
    .reduce<{ depth: number; tables: { isFolded: boolean; rows: string[] }[] }>(
      ({ depth, tables }, [text]) => {
        if (text === "<details") return { depth: depth + 1, tables };
        if (text === "</details") return { depth: depth - 1, tables };
        const rows = [
          ...text.matchAll(/<tr>\s*<td[^]*?(?=\s*(?:<tr|<\/tbody))/g),
        ]
          .map(([row]) =>
            [...row.matchAll(/<td[^>]*>([^<]*)/g)].map(([, cell]) => cell)
              .join(" ")
          );
        return { depth, tables: [...tables, { isFolded: depth > 0, rows }] };
      },
      { depth: 0, tables: [] },
    ).tables;
}

/** A page of so many classes, of which some are more frequent in the shifted set. */
function pageOfClasses(n: number, frequent: readonly number[]): string {
  const findings = findingsOf({ trial: null });
  const { labels } = findings;
  assert.ok(labels !== null);
  const counts = Array.from({ length: n }, (_, i) => ({
    class: `kind-${i}`,
    test: 5,
    shifted: frequent.includes(i) ? 60 : 10,
  }));
  return askedPage({ ...findings, labels: { ...labels, counts } })
    .get("index.html") ?? "";
}

Deno.test("composeAsk() shows of many classes the ten whose shares differ most, and folds the others in their order", () => {
  const html = pageOfClasses(1000, [700, 31]);
  assert.match(html, /Of the 1000 classes the 10 whose shares of the two sets/);
  assert.match(
    html,
    /<details\s+class="on-screen"\s*><summary>The other 990 classes</,
  );
  const [first, others, ...more] = tablesOf(html)
    .filter(({ rows }) => rows.some((row) => row.startsWith("kind-")));
  assert.equal(more.length, 0);
  assert.equal(first?.isFolded, false);
  assert.equal(others?.isFolded, true);
  assert.deepEqual(first?.rows.slice(0, 3), [
    "kind-31 5 60",
    "kind-700 5 60",
    "kind-0 5 10",
  ]);
  assert.equal(first?.rows.length, 10);
  assert.deepEqual(others?.rows.slice(0, 2), ["kind-8 5 10", "kind-9 5 10"]);
  assert.equal(
    new Set([...first?.rows ?? [], ...others?.rows ?? []]).size,
    1000,
  );
});

Deno.test("composeAsk() shows all of a few classes, and none of many that have the same shares", () => {
  const of = (html: string) =>
    tablesOf(html)
      .filter(({ rows }) => rows[0]?.startsWith("kind-"))
      .map(({ isFolded, rows }) => [isFolded, rows.length]);
  assert.deepEqual(of(pageOfClasses(12, [3])), [[false, 12]]);
  assert.deepEqual(of(pageOfClasses(13, [3])), [[false, 10], [true, 3]]);
  const same = pageOfClasses(1000, []);
  assert.deepEqual(of(same), [[true, 1000]]);
  assert.match(same, /Each of the 1000 classes has the same share of both/);
});

Deno.test("composeAsk() folds all but ten of many properties, and hides none", () => {
  const findings = findingsOf({ trial: null });
  const [bias] = findings.biases;
  assert.ok(bias !== undefined);
  const biases = Array.from({ length: 20 }, (_, i) => ({
    ...bias,
    property: `kind-${i}`,
  }));
  const html = askedPage({ ...findings, biases }).get("index.html") ?? "";
  assert.deepEqual(
    tablesOf(html)
      .filter(({ rows }) => rows[0]?.startsWith("kind-"))
      .map(({ isFolded, rows }) => [isFolded, rows.length]),
    [[false, 10], [true, 10]],
  );
  assert.match(html, /<summary>The other 10 properties</);
});

Deno.test("composeAsk() folds a long list of files that were left out below what was done", () => {
  const head = "300 files of the shifted images were left out";
  const pageWith = (n: number) => {
    const files = Array.from({ length: n }, (_, i) => `photos/${i}.png`);
    const done = [{
      text: `${head}: ${files.join(", ")}.`,
      inPublic: `${head}.`,
    }];
    return String(
      composeAsk(findingsOf(), { ...ASKED, done }).get("index.html"),
    );
  };
  assert.match(
    pageWith(300),
    /<summary>300 files of the shifted images were left out\.<[^]*photos\/299\.png[^]*<\/details>/,
  );
  assert.match(pageWith(3), /<p>300 files [^<]*photos\/2\.png\.<\/p>/);
  assert.doesNotMatch(pageWith(3), /<summary>300 files/);
});
