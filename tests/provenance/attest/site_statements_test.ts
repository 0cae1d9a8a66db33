import assert from "node:assert/strict";
import { siteArtifacts } from "../../../provenance/attest/site_statements.ts";

Deno.test("siteArtifacts() puts together the files of a figure, of a report, and the rest", () => {
  assert.deepEqual(
    siteArtifacts(
      [
        "index.html",
        "style.css",
        "unseen-tint/index.html",
        "unseen-tint/line.svg",
        "unseen-tint/line.csv",
        "unseen-tint/line/index.html",
        "unseen-tint/lines.svg",
        "data/line/index.html",
      ],
      new Map([["unseen-tint", [{ id: "line" }]]]),
    ),
    [
      { paths: ["data/line/index.html", "index.html", "style.css"] },
      {
        report: "unseen-tint",
        paths: ["unseen-tint/index.html", "unseen-tint/lines.svg"],
      },
      {
        report: "unseen-tint",
        figure: "line",
        paths: [
          "unseen-tint/line.csv",
          "unseen-tint/line.svg",
          "unseen-tint/line/index.html",
        ],
      },
    ],
  );
});
