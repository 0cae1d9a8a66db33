/** What a site has besides its pages. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { decode } from "fast-png";
import { cardSvg, shareCard } from "../../reports/site/share_card.ts";
import {
  readManifest,
  type SiteManifest,
} from "../../reports/site/manifest.ts";
import type { Provenance } from "../../reports/runs/stage_provenance.ts";
import type { PastRun } from "../../reports/runs/past_run.ts";
import { SCRIPT } from "../../reports/site/machine_files.ts";
import type { SearchEntry } from "../../reports/site/script/search.ts";
import { site } from "../../reports/site/site.ts";
import { report, run } from "./example.ts";

const BASE = "https://example.org/some/path/";
const plain = site({ reports: [report], run, id: "a1" });
const addressed = site({ reports: [report], run, id: "a1", baseUrl: BASE });

function textOf(
  files: ReadonlyMap<string, string | Uint8Array>,
  path: string,
): string {
  return String(files.get(path));
}

function entriesOf(
  files: ReadonlyMap<string, string | Uint8Array>,
): readonly SearchEntry[] {
  const text = textOf(files, "search_index.js");
  const list = /^globalThis\.shiftlineIndex = ([\s\S]*);\n$/.exec(text)?.[1];
  return JSON.parse(list ?? "");
}

function manifestIn(
  files: ReadonlyMap<string, string | Uint8Array>,
): SiteManifest {
  return readManifest(textOf(files, "manifest.json"));
}

const past: PastRun = {
  id: "0123456789ab",
  started: "2026-01-02T02:00:00.000Z",
  seconds: 12,
  profile: "default",
  commit: null,
  device: "wasm",
  outcome: "finished",
  pipelines: ["spurious-tint"],
  stages: { ran: 2, reused: 5, failed: 1 },
  changes: [{
    pipeline: "spurious-tint",
    stage: "train/<b>",
    causes: ["epochs 12 → 13", "a bell \u0007"],
    numbers: [{ what: "fit.slope", before: 0.9, after: 1.25 }],
  }],
};

Deno.test("site() lists every file in its manifest, with digest and size, in order", () => {
  const { files, run: shown, runs, stages } = manifestIn(plain);
  const listed = Object.keys(files);
  assert.deepEqual(listed, listed.toSorted());
  assert.deepEqual(
    listed,
    [...plain.keys()].filter((path) => path !== "manifest.json").sort(),
  );
  for (const [path, { sha256, bytes }] of Object.entries(files)) {
    const content = Buffer.from(plain.get(path) ?? "");
    assert.equal(bytes, content.length, path);
    assert.equal(
      sha256,
      createHash("sha256").update(content).digest("hex"),
      path,
    );
  }
  assert.deepEqual([shown.id, shown.profile, runs, stages], [
    "a1",
    "default",
    [],
    [],
  ]);
});

Deno.test("site() lists the artifacts that its pages show in its manifest", () => {
  const [key, digest] = ["c".repeat(64), "d".repeat(64)];
  const stage: Provenance["stages"][number] = {
    name: "train/b",
    task: "train",
    module: "tasks/training/train.ts",
    key,
    state: "ran",
    seconds: 1,
    calls: [],
    inputs: [],
    sources: [],
    outputs: [
      { field: "weights", digest, bytes: 12 },
      { field: "history", digest, bytes: 3 },
    ],
  };
  const provenance: Provenance = {
    stages: [
      stage,
      { ...stage, name: "train/a" },
      { ...stage, name: "failed", state: "failed", outputs: [] },
    ],
    figures: {},
  };
  const made = site({
    reports: [report],
    run,
    provenance: new Map([["spurious-tint", provenance]]),
  });
  const { stages } = manifestIn(made);
  assert.deepEqual(stages.map(({ stage }) => stage), ["train/a", "train/b"]);
  assert.deepEqual(stages[0], {
    pipeline: "spurious-tint",
    stage: "train/a",
    key,
    outputs: {
      history: { sha256: digest, bytes: 3 },
      weights: { sha256: digest, bytes: 12 },
    },
  });
});

for (const text of ["", "{}", '{"format":2}', "<html>"]) {
  Deno.test(`readManifest() refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => readManifest(text), {
      message:
        "Cannot read manifest.json: it is not the manifest of a site, or is one of another version",
    });
  });
}

Deno.test("site() gives absolute addresses only where its own is known", () => {
  const page = "spurious-tint/index.html";
  for (
    const tag of [
      `<link rel="canonical" href="${BASE}spurious-tint/">`,
      `<meta property="og:url" content="${BASE}spurious-tint/">`,
      `<meta property="og:image" content="${BASE}share.png">`,
      `<meta name="twitter:image" content="${BASE}share.png">`,
      '<meta name="twitter:card" content="summary_large_image">',
    ]
  ) {
    assert.ok(textOf(addressed, page).includes(tag), tag);
    assert.ok(!textOf(plain, page).includes(tag.slice(0, 30)), tag);
  }
  assert.ok(textOf(plain, page).includes('property="og:title"'));
  assert.equal(plain.has("sitemap.xml"), false);
  assert.equal(textOf(plain, "robots.txt"), "User-agent: *\nAllow: /\n");
  assert.equal(
    textOf(addressed, "robots.txt"),
    `User-agent: *\nAllow: /\nSitemap: ${BASE}sitemap.xml\n`,
  );
});

Deno.test("site() maps every page, and nothing else", () => {
  const map = textOf(addressed, "sitemap.xml");
  const addresses = [...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) =>
    url
  );
  assert.deepEqual(
    addresses,
    ["", "claims/", "data/cifar-10/", "material/", "method/", "spurious-tint/"]
      .map((folder) => BASE + folder),
  );
  assert.ok(map.includes(`<lastmod>${run.started}</lastmod>`));
});

Deno.test("site() tells in its feed what changed in runs, escaped twice", () => {
  const made = site({ reports: [report], run, id: "a1", history: [past] });
  const feed = textOf(made, "feed.xml");
  assert.equal(feed.match(/<entry>/g)?.length, 2);
  assert.ok(feed.includes("<title>3 claims: 1 supported, 1 contradicted"));
  assert.ok(
    feed.includes(
      "<title>2026-01-02, profile default: 2 of the stages of spurious-tint ran, 1 without result</title>",
    ),
  );
  assert.ok(feed.includes("train/&amp;lt;b&amp;gt;: epochs 12 → 13"));
  assert.ok(feed.includes("a bell ␇&lt;"));
  assert.ok(feed.includes("fit.slope: 0.9000 → 1.2500"));
  assert.ok(feed.includes(`<updated>${run.started}</updated>`));
});

Deno.test("site() dates feed and map by the last of its results, however old the first is", () => {
  const finished = "2026-01-03T04:05:06.000Z";
  const made = site({
    reports: [report],
    run: { ...run, started: "2025-11-01T00:00:00.000Z", finished },
    id: "a1",
    history: [past],
    baseUrl: BASE,
  });
  const dates = [
    ...textOf(made, "feed.xml").matchAll(/<updated>([^<]*)<\/updated>/g),
  ].map(([, date]) => date);
  assert.deepEqual(dates, [finished, finished, past.started]);
  assert.ok(
    textOf(made, "sitemap.xml").includes(`<lastmod>${finished}</lastmod>`),
  );
});

Deno.test("site() gives entries of its feed names that do not depend on its address", () => {
  const ids = (files: typeof plain) =>
    [...textOf(files, "feed.xml").matchAll(/<entry>\n<id>([^<]*)/g)]
      .map(([, id]) => id);
  assert.deepEqual(ids(addressed), ids(plain));
  for (const id of ids(plain)) {
    assert.match(
      id ?? "",
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }
});

Deno.test("site() shows a page for what is not there that needs nothing beside it", () => {
  const [lost, known] = [plain, addressed].map((files) =>
    textOf(files, "404.html")
  );
  for (const text of [lost, known]) {
    assert.doesNotMatch(text ?? "", /(src|href)="\.|<link rel="stylesheet"/);
  }
  assert.ok(known?.includes('<a id="home" href="/some/path/">'));
  assert.ok(!known?.includes("<script"));
  assert.ok(lost?.includes("manifest.json"));
});

Deno.test("searchIndex() has every page, and its parts with their addresses", () => {
  const entries = entriesOf(plain);
  const pages = entries.filter(({ page }) => page === undefined);
  assert.deepEqual(pages.map(({ href }) => href), [
    "index.html",
    "spurious-tint/index.html",
    "claims/index.html",
    "method/index.html",
    "material/index.html",
    "data/cifar-10/index.html",
  ]);
  for (const { href } of entries) {
    const [path = "", id] = href.split("#");
    if (id === undefined) continue;
    assert.ok(textOf(plain, path).includes(`id="${id}"`), href);
  }
  const found = (id: string) =>
    entries.find(({ href }) => href === `spurious-tint/index.html#${id}`);
  assert.equal(
    found("claim-control")?.title,
    "The control stays below 5 points.",
  );
  assert.match(
    found("figure-spurious-tint")?.title ?? "",
    /^Figure 1\. /,
  );
  assert.match(found("method")?.text ?? "", /^Every image is mixed/);
});

Deno.test("searchIndex() says of each page and part what it is, and a page of one figure is one entry", () => {
  const entries = entriesOf(plain);
  const kinds = new Map(entries.map(({ href, kind }) => [href, kind]));
  const kindAt = (href: string) => kinds.get(href);
  assert.deepEqual(
    [
      "index.html",
      "spurious-tint/index.html",
      "spurious-tint/index.html#method",
      "spurious-tint/index.html#claim-control",
      "spurious-tint/index.html#figure-spurious-tint",
      "claims/index.html",
      "method/index.html",
      "data/cifar-10/index.html",
    ].map(kindAt),
    [
      "front page",
      "experiment",
      "experiment",
      "claim",
      "figure",
      "claim",
      "method",
      "data",
    ],
  );
  assert.ok(![...kinds.keys()].some((href) => href.endsWith("#rebuild")));
  const [figure] = report.figures;
  assert.ok(figure);
  const figures = [figure.id, "b", "c", "d", "e"].map((id) => ({
    ...figure,
    id,
  }));
  const many = entriesOf(site({ reports: [{ ...report, figures }], run }))
    .filter(({ href }) => href.startsWith("spurious-tint/b/"));
  assert.deepEqual(many.map(({ kind, page }) => [kind, page]), [
    ["figure", report.title],
  ]);
  assert.match(many[0]?.text ?? "", /^Figure 2/);
});

Deno.test("searchIndex() has text from data as it is, and as no tag", () => {
  const title = `Classes <script> & "cat"`;
  const made = site({ reports: [{ ...report, title }], run });
  assert.ok(entriesOf(made).some((entry) => entry.title === title));
  assert.ok(!textOf(made, "search_index.js").includes("<"));
});

Deno.test("site() has a script that is no module and stays below 15 kB with its style", () => {
  assert.doesNotMatch(SCRIPT, /^(import|export) /m);
  new Function(SCRIPT); // is JavaScript
  assert.ok(SCRIPT.length < 15_000, `${SCRIPT.length}`);
  assert.ok(textOf(plain, "style.css").length < 15_000);
});

Deno.test("shareCard() is a picture of the size that previews want, the same each time", () => {
  const card = shareCard([report], { run });
  const { width, height } = decode(card);
  assert.deepEqual([width, height], [1200, 630]);
  assert.deepEqual(shareCard([report], { run }), card);
});

Deno.test("cardSvg() shows one square a claim and counts the verdicts", () => {
  const svg = cardSvg([report, report], { run });
  assert.equal(svg.match(/rx="6"/g)?.length, 6);
  assert.ok(
    svg.includes(">2 supported  ·  2 contradicted  ·  2 inconclusive<"),
  );
  assert.ok(svg.includes("6 claims, 2026-01-02"));
});

Deno.test("cardSvg() leaves out what was added to the reproduction", () => {
  const claims = report.claims.map(({ answers: _, ...claim }) => ({
    ...claim,
    whose: "added" as const,
  }));
  assert.equal(
    cardSvg([report, { ...report, claims }], { run }),
    cardSvg([report], { run }),
  );
});

Deno.test("cardSvg() keeps two hundred claims on the card", () => {
  const many = Array.from({ length: 67 }, () => report);
  const svg = cardSvg(many, { run });
  const lows = [...svg.matchAll(/<text x="80" y="([\d.]+)"/g)].map(([, y]) =>
    Number(y)
  );
  assert.ok(Math.max(...lows) < 630, `${lows}`);
});

Deno.test("cardSvg() says that verdicts of a smoke run mean nothing", () => {
  const svg = cardSvg([report], { run: { ...run, profile: "smoke" } });
  assert.ok(svg.includes("Smoke run: these verdicts mean nothing"));
});

const kept = {
  id: "a1",
  profile: "default",
  started: run.started,
  commit: null,
};

Deno.test("site() leads from its front page to every run that stays", () => {
  const made = site({
    reports: [report],
    run,
    id: "a1",
    published: [kept, { ...kept, id: "b2", profile: "smoke" }],
  });
  const front = textOf(made, "index.html");
  assert.ok(front.includes('href="./runs/a1/index.html">Run a1</a>'));
  assert.ok(front.includes('href="./runs/b2/index.html">Run b2</a>'));
  assert.ok(!textOf(plain, "index.html").includes("runs/"));
  assert.deepEqual(manifestIn(made).runs.map(({ id }) => id), ["a1", "b2"]);
});

Deno.test("site() of a run that stays leads from every page to the latest", () => {
  const made = site({ reports: [report], run, id: "a1", permanent: true });
  for (
    const [path, way] of [["index.html", "./"], [
      "spurious-tint/index.html",
      "../",
    ]] as const
  ) {
    const text = textOf(made, path);
    assert.ok(text.includes("Run a1 of 2026-01-02."), path);
    assert.ok(text.includes(`href="${way}../../index.html"`), path);
  }
  for (const path of ["feed.xml", "robots.txt", "404.html", "sitemap.xml"]) {
    assert.equal(made.has(path), false, path);
  }
  assert.ok(!textOf(made, "index.html").includes("feed.xml"));
});
