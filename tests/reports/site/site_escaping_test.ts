import assert from "node:assert/strict";
import type { AskPageOptions } from "../../../reports/site/ask_options.ts";
import { composeAsk } from "../../../reports/site/ask_page.ts";
import { csvRecords } from "../../../reports/site/check_csv.ts";
import { checkSite } from "../../../reports/site/check_site.ts";
import type { Claim } from "../../../reports/value/claim.ts";
import type { Report } from "../../../reports/value/report.ts";
import { site } from "../../../reports/site/site.ts";
import { figure, report, run } from "../example.ts";
import { textOf } from "../text_of.ts";
import { ASKED, findingsOf } from "./asked_page.ts";

/** Refuses files in which text is markup. */
function checkEscaped(
  made: ReadonlyMap<string, string | Uint8Array>,
): void {
  for (const [path, text] of made) {
    if (typeof text !== "string" || /\.(csv|json)$/.test(path)) continue;
    const tags = path.endsWith(".md")
      // In Markdown a backslash or a code span makes a tag literal.
      ? text.replaceAll(/```[\s\S]*?```/g, "").replaceAll(/`[^`]*`/g, "")
        .replaceAll("\\<", "")
      : text;
    const own = tags.replaceAll(
      /<script defer src="[./]+script\.js">|<script>"use strict";/g,
      "",
    );
    assert.ok(!own.includes("<script"), path);
    assert.doesNotMatch(tags, /(href="|\]\()javascript:/, path);
  }
}

Deno.test("site() escapes every string from data", () => {
  const bad = `<script>alert("1")</script> & | *x*`;
  const hostile: Report = {
    id: "hostile",
    title: bad,
    question: bad,
    answer: bad,
    claims: report.claims.flatMap((claim): Claim[] => {
      if ("notReproduced" in claim) return [];
      const words = { statement: bad, paper: bad, remark: bad };
      const { id, rule } = claim;
      return [
        {
          ...claim,
          ...words,
          estimate: { ...claim.estimate, title: bad },
          sensitivity: { low: -1, high: 1, over: bad },
        },
        {
          ...words,
          id: `no-${id}`,
          rule,
          unit: "points",
          notReproduced: bad,
        },
      ];
    }),
    scaledDownTitle: bad,
    scaledDown: [{ what: bad, paper: bad, here: bad }],
    sections: [{ id: "method", title: bad, text: bad }],
    figures: [
      {
        ...figure,
        title: bad,
        finding: bad,
        note: bad,
        baselineTitle: bad,
        distributions: { reference: bad, shifted: bad },
        baselines: figure.baselines.map((point) => ({ ...point, model: bad })),
        groups: figure.groups.map((group, i) => ({
          name: `${bad}${i}`,
          mean: group.mean,
          members: group.members.map(({ runs }) => ({ title: bad, runs })),
        })),
      },
      { kind: "unavailable", id: "none", title: bad, reason: bad },
    ],
    tables: [{ id: "t", caption: bad, columns: [bad], rows: [[bad]] }],
    pictures: [{ id: "p", caption: bad, alt: bad, png: new Uint8Array() }],
    pretraining: [{ name: bad, saw: bad }],
    datasets: report.datasets.map((dataset) => ({
      ...dataset,
      title: bad,
      source: bad,
      url: "javascript:alert(1)",
      version: bad,
      licence: bad,
      licenceUrl: "javascript:alert(1)",
      reading: bad,
      citation: bad,
      sizes: { [bad]: 1 },
      classes: ["<script>"],
      description: bad,
      sheet: { id: "sheet", caption: bad, alt: bad, png: new Uint8Array() },
      digest: bad,
    })),
    shifts: [{
      id: "shift",
      title: bad,
      support: "in",
      description: bad,
      reference: bad,
      shifted: bad,
      settings: [{ name: bad, value: bad }],
      sheet: { id: "sheet", caption: bad, alt: bad, png: new Uint8Array() },
    }],
    models: [{
      id: "model",
      title: bad,
      description: bad,
      settings: [{ name: bad, value: bad }],
    }],
    nominations: [
      { place: "front page", id: figure.id },
      { place: "accuracy on the line", id: figure.id },
      { place: "effective robustness", id: figure.id },
      { place: "extrapolation", id: "p" },
      { place: "bias", id: "p" },
    ],
  };
  const made = site({
    reports: [hostile],
    history: [{
      id: bad,
      started: run.started,
      seconds: 1,
      profile: bad,
      commit: bad,
      device: bad,
      outcome: "failed",
      pipelines: [bad],
      stages: { ran: 1, reused: 1, failed: 1 },
      changes: [{
        pipeline: bad,
        stage: bad,
        causes: [bad],
        numbers: [{ what: bad, before: 1, after: 0.5 }],
      }],
    }],
    run: {
      ...run,
      commit: bad,
      deno: bad,
      machine: bad,
      packages: { [bad]: bad },
      device: { name: bad, reason: bad },
      profile: bad,
    },
  });
  checkEscaped(made);
  assert.ok(
    textOf(made, "data/cifar-10/index.html").includes("1: &lt;script&gt;"),
  );
  assert.ok(
    textOf(made, "data/cifar-10/index.md").includes("1: \\<script\\>"),
  );
  const data = csvRecords(textOf(made, `hostile/${figure.id}.csv`));
  assert.ok(data.some((row) => row.includes(bad)));
  const drawing = textOf(made, `hostile/${figure.id}.svg`);
  assert.ok(drawing.includes("&lt;script&gt;"));
  for (const folder of ["shifts/shift", "models/model", "method", "runs"]) {
    assert.ok(textOf(made, `${folder}/index.html`).includes("&lt;script&gt;"));
  }
});

Deno.test("composeAsk() and site() escape what classes, groups, properties and files of a question are called", () => {
  const bad = `<script>alert("1")</script>\n字é & | *x*`;
  const findings = findingsOf({ named: bad });
  const options: AskPageOptions = {
    ...ASKED,
    pictures: [{
      file: "least-typical.png",
      png: new Uint8Array(1),
      caption: bad,
      alt: bad,
    }],
    examples: [2, 1].map((score) => ({ name: bad, score, inSupport: true })),
    inputs: [{ name: bad, path: bad, sha256: bad, isPacked: true }],
    done: [{ text: bad, inPublic: bad }],
    networks: [bad],
    device: bad,
    deno: bad,
    commit: bad,
    edited: [bad],
    command: bad,
    version: bad,
  };
  const alone = composeAsk(findings, { ...options, name: bad });
  checkEscaped(alone);
  const html = textOf(alone, "index.html");
  assert.ok(html.includes("字é &amp; | *x*"));
  // A name that somebody may type.
  assert.ok(html.includes("&lt;/script&gt;\\u000a字é"));
  assert.ok(
    csvRecords(textOf(alone, "examples.csv")).some((row) => row[1] === bad),
  );
  const published = site({
    reports: [report],
    run,
    answers: [{ findings, options }],
  });
  checkEscaped(published);
  checkSite(published);
  assert.ok(
    textOf(published, "answers/field/index.html").includes("&lt;script&gt;"),
  );
});
