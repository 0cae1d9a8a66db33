import assert from "node:assert/strict";
import { posix } from "node:path";
import { parseHTML } from "linkedom";
import { site } from "../../../reports/site/site.ts";
import type { Claim } from "../../../reports/value/claim.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { imagenetV2 } from "../../stats/reference.ts";
import { figure, report, run } from "../example.ts";
import { textOf } from "../text_of.ts";

interface Node {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Node>;
}

function parse(text: string): Node {
  return (parseHTML(text) as unknown as { document: Node }).document;
}

const files = site({ reports: [report], run });
const page = textOf(files, "spurious-tint/index.html");
const twin = textOf(files, "spurious-tint/index.md");

Deno.test("site() has the front page, a folder a report, and the data of each figure", () => {
  assert.deepEqual([...files.keys()].sort(), [
    "404.html",
    "CITATION.cff",
    "claims.json",
    "claims/index.html",
    "claims/index.md",
    "data/cifar-10/index.html",
    "data/cifar-10/index.md",
    "favicon.svg",
    "feed.xml",
    "index.html",
    "index.md",
    "manifest.json",
    "material/index.html",
    "material/index.md",
    "method/index.html",
    "method/index.md",
    "robots.txt",
    "script.js",
    "search_index.js",
    "share.png",
    "spurious-tint/index.html",
    "spurious-tint/index.md",
    "spurious-tint/spurious-tint.csv",
    "spurious-tint/spurious-tint.json",
    "spurious-tint/spurious-tint.svg",
    "spurious-tint/tints.png",
    "style.css",
  ]);
});

Deno.test("site() gives the same bytes twice", () => {
  assert.deepEqual(site({ reports: [report], run }), files);
});

Deno.test("site() links only to files and ids that it has, by relative addresses", () => {
  for (const [path, text] of files) {
    if (!path.endsWith("index.html") || typeof text !== "string") continue;
    const document = parse(text);
    const attributes = [["a", "href"], ["link", "href"], [
      "img",
      "src",
    ], ["script", "src"]] as const;
    for (const [element, attribute] of attributes) {
      for (const node of document.querySelectorAll(element)) {
        const address = node.getAttribute(attribute) ?? "";
        if (/^(https:|data:)/.test(address)) continue;
        assert.match(address, /^(#|\.\.?\/)/, address);
        const [file = "", id] = address.split("#");
        const target = file === ""
          ? path
          : posix.normalize(posix.join(posix.dirname(path), file));
        assert.ok(files.has(target), `${path} links to ${address}`);
        if (id !== undefined) {
          assert.ok(
            textOf(files, target).includes(`id="${id}"`),
            `${path} links to ${address}`,
          );
        }
      }
    }
  }
});

Deno.test("site() loads nothing from elsewhere, with the site's address or without", () => {
  const addressed = site({
    reports: [report],
    run,
    baseUrl: "https://example.org/a/",
  });
  for (const [path, text] of [...files, ...addressed]) {
    if (typeof text !== "string" || path === "feed.xml") continue;
    assert.doesNotMatch(text, /@import|url\(|srcset|<iframe/, path);
    const loads = text.matchAll(/<(?:img|link|script)\b[^>]*>/g);
    for (const [tag] of loads) {
      if (tag.includes('rel="canonical"')) continue;
      assert.doesNotMatch(tag, /(src|href)="(https?:|\/)/, path);
    }
  }
});

Deno.test("site() has one script on its pages, and it is the site's own", () => {
  for (const [path, text] of files) {
    if (!path.endsWith("index.html") || typeof text !== "string") continue;
    const scripts = text.match(/<script[^>]*>[\s\S]*?<\/script>/g) ?? [];
    assert.equal(scripts.length, 1, path);
    assert.match(
      scripts[0] ?? "",
      /^<script defer src="[./]+script\.js"><\/script>$/,
    );
  }
});

Deno.test("site() gives every id of a page once", () => {
  const ids = [...parse(page).querySelectorAll("[id]")].map((node) =>
    node.getAttribute("id")
  );
  assert.deepEqual(ids, [...new Set(ids)]);
});

Deno.test("site() says the same in HTML and in Markdown", () => {
  const words = (text: string) => text.match(/[+−]?\d+(?:[.,]\d+)*/g) ?? [];
  const document = parse(page);
  const cells = [
    ...document.querySelectorAll(
      "td, dd, figcaption > p, img + figcaption, .answer",
    ),
  ].flatMap(({ textContent }) => words(textContent));
  const inTwin = new Set(words(twin.replaceAll("\\", "")));
  assert.ok(cells.length > 200);
  assert.deepEqual(cells.filter((number) => !inTwin.has(number)), []);
});

Deno.test("site() shows rule and verdict of every claim", () => {
  for (
    const path of [
      "index.html",
      "claims/index.html",
      "spurious-tint/index.html",
    ]
  ) {
    const text = textOf(files, path);
    assert.ok(
      text.includes("The 95% interval lies entirely within ±2 points of zero."),
    );
    for (const verdict of ["supported", "contradicted", "inconclusive"]) {
      assert.ok(text.includes(`class="verdict ${verdict}"`), verdict);
    }
  }
});

Deno.test("site() shows a claim without a number as not reproduced, with the reason", () => {
  const missing: Claim = {
    id: "missing",
    statement: "Pre-training gains little.",
    paper: "1.80 points",
    rule: { kind: "within", low: -0.02, high: 0.02 },
    unit: "points",
    notReproduced: "the table of ImageNet-V2 could not be had",
  };
  const made = site({ reports: [{ ...report, claims: [missing] }], run });
  for (const folder of ["", `${report.id}/`]) {
    const text = textOf(made, `${folder}index.html`);
    assert.match(text, /class="verdict not-reproduced"/);
    assert.match(text, /the table of ImageNet-V2 could not be had/);
    assert.match(text, /lies entirely within ±2 points of zero/);
    const twin = textOf(made, `${folder}index.md`);
    assert.match(twin, /➖ not reproduced/);
  }
  assert.match(
    textOf(made, "claims/index.html"),
    /1 claim: 1 not reproduced\./,
  );
});

Deno.test("site() shows the sensitivity of a claim below it", () => {
  const claims = report.claims.map((claim): Claim =>
    "notReproduced" in claim
      ? claim
      : { ...claim, sensitivity: { low: -0.5, high: 0.5, over: "over *all*" } }
  );
  const made = site({ reports: [{ ...report, claims }], run });
  const text = textOf(made, `${report.id}/index.html`);
  assert.match(
    text,
    /<tr class="remarks">\s*<td colspan="5">[^]*?<span class="remark">Sensitivity: −50\.00 to \+50\.00 points over <em>all<\/em>\.<\/span>/,
  );
});

Deno.test("site() shows a published table with licence and reading instead of images", () => {
  const [{ classes: _, sizes: __, ...dataset } = assert.fail()] =
    report.datasets;
  const table = {
    ...dataset,
    licenceUrl: "https://example.org/licence",
    reading: "columns by name",
  };
  const made = site({ reports: [{ ...report, datasets: [table] }], run });
  const text = textOf(made, `data/${dataset.id}/index.html`);
  assert.match(text, /<a href="https:\/\/example\.org\/licence">/);
  assert.match(text, /<dt>read as<\/dt>\s*<dd>columns by name/);
  assert.doesNotMatch(text, /<dt>(images|classes)<\/dt>/);
});

Deno.test("site() gives the command that makes the page again", () => {
  assert.match(
    page.replaceAll(/<\/?span[^>]*>/g, ""),
    /npx --yes deno@2\.9\.6 task reproduce spurious-tint[\n<]/,
  );
  const full = site({ reports: [report], run: { ...run, profile: "full" } });
  assert.ok(
    textOf(full, "spurious-tint/index.md").includes(
      "task reproduce spurious-tint --profile full\n",
    ),
  );
  const device = { ...run.device, asked: "wasm" };
  const onWasm = site({ reports: [report], run: { ...run, device } });
  const again = "task reproduce spurious-tint --device wasm";
  const html = textOf(onWasm, "spurious-tint/index.html")
    .replaceAll(/<\/?span[^>]*>/g, "");
  assert.ok(html.includes(`Made by <code>deno ${again}</code>`));
  assert.ok(
    textOf(onWasm, "spurious-tint/index.md").includes(`deno@2.9.6 ${again}\n`),
  );
});

Deno.test("site() warns on every page of a smoke run, and on no other", () => {
  const smoke = site({ reports: [report], run: { ...run, profile: "smoke" } });
  for (const path of smoke.keys()) {
    if (!/index\.(html|md)$/.test(path)) continue;
    assert.ok(textOf(smoke, path).includes("Smoke run."), path);
    assert.ok(!textOf(files, path).includes("Smoke run."), path);
  }
});

Deno.test("site() calls numbers of a smoke run meaningless only where networks were trained", () => {
  const network = {
    id: "mlp",
    title: "MLP",
    description: "A network.",
    settings: [],
  };
  const smoke = site({
    reports: [report, { ...report, id: "trained", models: [network] }],
    run: { ...run, profile: "smoke" },
  });
  const meaningless = "Their results mean nothing";
  assert.ok(textOf(smoke, "trained/index.md").includes(meaningless));
  const untrained = textOf(smoke, "spurious-tint/index.md");
  assert.ok(!untrained.includes(meaningless));
  assert.ok(untrained.includes("This page trains nothing"));
});

Deno.test("site() says when a figure is not there, instead of leaving it out", () => {
  const made = site({
    reports: [{
      ...report,
      claims: [],
      figures: [{
        kind: "unavailable",
        id: "imagenet-v2",
        title: "ImageNet-V2",
        reason: "source unavailable",
      }],
    }],
    run: { ...run, commit: null },
  });
  const text = textOf(made, "spurious-tint/index.html");
  assert.ok(text.includes("Figure 1 is not reproduced."));
  assert.ok(text.includes("ImageNet-V2: source unavailable"));
  assert.ok(text.includes("not in a checkout"));
});

Deno.test("site() says once why several figures are not there", () => {
  const missing = (id: string, reason: string) => ({
    kind: "unavailable" as const,
    id,
    title: `Title of ${id}`,
    reason,
  });
  const made = site({
    reports: [{
      ...report,
      figures: [
        missing("a", "source unavailable. Run this"),
        missing("b", "source unavailable. Run this"),
        missing("c", "stage train failed"),
      ],
      claims: [],
      nominations: [],
    }],
    run,
  });
  const text = textOf(made, "spurious-tint/index.md");
  assert.equal(text.split("Run this").length, 2);
  assert.ok(text.includes("Title of b: for the same reason as figure 1."));
  assert.ok(text.includes("Title of c: stage train failed"));
});

Deno.test("site() keeps a page of 133 models below 150 kB and its style below 15 kB", () => {
  const [baselines, pretrained] = (["baseline", "pretrained"] as const).map(
    (wanted) =>
      imagenetV2.rows.filter(([, group]) => group === wanted).map((
        [model, , reference, shifted],
      ) => ({
        model,
        reference,
        shifted,
        referenceSize: 50_000,
        shiftedSize: 10_000,
      })),
  );
  assert.ok(baselines && pretrained);
  const line = fitLine(baselines);
  const large = site({
    reports: [{
      ...report,
      claims: [],
      figures: [{
        ...figure,
        line,
        baselines,
        groups: [{
          name: "pre-trained",
          members: pretrained.map((point) => ({
            title: point.model,
            runs: [point],
          })),
          mean: meanEffectiveRobustness(pretrained, { line }),
        }],
      }],
    }],
    run,
  });
  const bytes = (path: string) =>
    new TextEncoder().encode(textOf(large, path)).length;
  assert.ok(bytes("spurious-tint/index.html") < 150_000);
  assert.ok(bytes("style.css") < 15_000);
});

Deno.test("site() of no report is a front page", () => {
  const empty = site({ reports: [], run });
  assert.ok(
    textOf(empty, "index.html").includes("No experiment has finished yet."),
  );
});

Deno.test("site() refuses an id that would leave its folder", () => {
  assert.throws(
    () => site({ reports: [{ ...report, id: "../up" }], run }),
    {
      name: "TypeError",
      message:
        'Cannot give the report "../up" an address: an id is lower-case words and numbers joined by hyphens',
    },
  );
});

Deno.test("site() refuses an id that is taken", () => {
  const [section] = report.sections ?? [];
  assert.ok(section);
  assert.throws(
    () =>
      site({
        reports: [{ ...report, sections: [{ ...section, id: "claims" }] }],
        run,
      }),
    {
      message:
        'Cannot give the section "claims" of report "spurious-tint" an address: the id is taken',
    },
  );
});

Deno.test("site() refuses a claim whose figure it lacks", () => {
  assert.throws(() => site({ reports: [{ ...report, figures: [] }], run }), {
    message:
      'Cannot show claim "in-support" of report "spurious-tint": it has no figure "spurious-tint"',
  });
});

Deno.test("site() refuses a ragged table", () => {
  const tables = [{
    id: "ragged",
    caption: "",
    columns: ["a", "b"],
    rows: [["1", "2"], ["3"]],
  }];
  assert.throws(() => site({ reports: [{ ...report, tables }], run }), {
    message:
      'Cannot show table "ragged" of report "spurious-tint": row 2 has 1 cells for 2 columns',
  });
});
