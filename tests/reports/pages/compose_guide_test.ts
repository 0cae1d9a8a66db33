/** The guide, on a site: that links lead somewhere is what site() itself refuses otherwise. */
import assert from "node:assert/strict";
import { guideOf } from "../../../publishing/guide_files.ts";
import { markdownLinks } from "../../../reports/site/check_site.ts";
import { site } from "../../../reports/site/site.ts";
import { ROOT } from "../../cli/rig.ts";
import { report, run } from "../example.ts";
import { wordsOf } from "../text_of.ts";

const guide = guideOf(ROOT);
const hosted = { ...run, repository: "https://github.com/owner/name" };
const files = site({ reports: [report], run: hosted, guide });

const pages = [...files.keys()].filter((path) =>
  /^guide\/.*index\.html$/.test(path)
);

Deno.test("site() has every page of the guide, and leads to it from every page", () => {
  assert.ok(guide.size > 5);
  assert.equal(pages.length, guide.size);
  assert.match(
    wordsOf(files, "spurious-tint/index.html"),
    /<a href="\.\.\/guide\/index\.html"\s*>Guide<\/a>/,
  );
});

Deno.test("site() shows the pages of the guide in the order of their list", () => {
  const list = guide.get("docs/guide/README.md") ?? "";
  const [first = "", second = ""] = markdownLinks(list);
  const page = wordsOf(files, `guide/${first.replace(/\.md$/, "")}/index.html`);
  assert.match(page, /class="up">\s*<a href="\.\.\/index\.html"\s*>Guide/);
  assert.match(page, /rel="prev" href="\.\.\/index\.html"/);
  assert.ok(
    page.includes(`rel="next" href="../${second.replace(/\.md$/, "")}/`),
  );
});

Deno.test("site() leads from the guide to files of the repository where that is known", () => {
  const code = `${hosted.repository}/blob/${run.commit}/docs/log.md`;
  const path = "guide/planted/index.html";
  assert.ok(wordsOf(files, path).includes(`<a href="${code}">`));
  const unknown = site({ reports: [report], run, guide });
  assert.match(wordsOf(unknown, path), /docs\/log\.md has what was expected/);
});

Deno.test("site() keeps the guide from the pages of a run that stay as they are", () => {
  const kept = site({ reports: [report], run, guide, permanent: true });
  assert.deepEqual(
    [...kept.keys()].filter((path) => path.startsWith("guide")),
    [],
  );
});

Deno.test("site() finds the guide in its search", () => {
  const index = String(files.get("search_index.js"));
  assert.ok(index.includes('"href":"guide/tables/index.html#intervals"'));
});
