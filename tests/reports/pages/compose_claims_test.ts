import assert from "node:assert/strict";
import {
  claimsBlocks,
  mainClaimsBlocks,
} from "../../../reports/pages/compose_claims.ts";
import { claimsRecord } from "../../../reports/site/claims_record.ts";
import { site } from "../../../reports/site/site.ts";
import type { Claim, Whose } from "../../../reports/value/claim.ts";
import { report, run } from "../example.ts";
import { textOf, wordsOf } from "../text_of.ts";

const INTERVALS = {
  supported: [0.03, 0.05],
  contradicted: [-0.01, 0.01],
  inconclusive: [0.01, 0.05],
} as const;

/** A claim of that id, "more than 2 points". */
function claim(
  id: string,
  verdict: keyof typeof INTERVALS | "not reproduced",
  more: Partial<
    Pick<Claim, "whose" | "paper" | "answers" | "contrast" | "redrawn">
  > = {},
): Claim {
  const statement = {
    id,
    statement: `Claim ${id}.`,
    paper: "large",
    rule: { kind: "above", bound: 0.02 },
    ...more,
  } as const;
  if (verdict === "not reproduced") {
    return { ...statement, unit: "points", notReproduced: "no source" };
  }
  const [low, high] = INTERVALS[verdict];
  const value = (low + high) / 2;
  return { ...statement, estimate: { value, low, high, unit: "points" } };
}

/** Heads with the ids of the rows of the table below each. */
function shown(claims: readonly Claim[]): readonly (readonly unknown[])[] {
  const blocks = claimsBlocks(claims.map((claim) => ({ claim, page: "" })));
  return blocks.map((block) =>
    block.kind === "heading"
      ? [block.id, block.text]
      : block.kind === "table"
      ? block.ids ?? []
      : assert.fail(block.kind)
  );
}

Deno.test("claimsBlocks() tells an interval that is too wide once when two estimates are the same", () => {
  const wide = {
    value: 0.01,
    low: -1.5,
    high: 1.52,
    unit: "points",
    title: "rate 0.01",
  } as const;
  const { id, statement, paper, rule } = claim("same", "supported");
  const [table] = claimsBlocks([{
    claim: { id, statement, paper, rule, estimate: wide, further: [wide] },
    page: "",
  }]).filter(({ kind }) => kind === "table");
  assert(table?.kind === "table");
  assert.deepEqual(
    table.remarks?.flat().filter((remark) =>
      typeof remark !== "string" && remark.kind === "more"
    ),
    [{
      kind: "more",
      summary: "Its interval",
      text: "rate 0.01: −150 to +152 points.",
    }],
  );
});

Deno.test("claimsBlocks() puts the paper's claims before ours, then controls, and added ones last, whatever their order", () => {
  const of = (id: string, whose: Whose) => claim(id, "supported", { whose });
  assert.deepEqual(
    shown([
      of("a", "added"),
      of("c", "control"),
      of("o", "ours"),
      of("p", "paper"),
    ]),
    [
      ["claims-paper", "The paper’s claims: 1 supported"],
      ["claim-p"],
      ["claims-ours", "Our own claims: 1 supported"],
      ["claim-o"],
      ["claims-control", "Controls: 1 supported"],
      ["claim-c"],
      ["claims-added", "Added claims: 1 supported"],
      ["claim-a"],
    ],
  );
});

Deno.test("claimsBlocks() shows decided claims first, and keeps their order otherwise", () => {
  assert.deepEqual(
    shown([
      claim("a", "inconclusive"),
      claim("b", "contradicted"),
      claim("c", "not reproduced"),
      claim("d", "supported"),
      claim("e", "inconclusive"),
      claim("f", "contradicted"),
    ]),
    [
      [
        "claims-paper",
        "The paper’s claims: 1 supported, 2 contradicted, 2 inconclusive, 1 not reproduced",
      ],
      ["b", "d", "f", "a", "c", "e"].map((id) => `claim-${id}`),
    ],
  );
});

Deno.test("claimsBlocks() takes a claim that the paper has no value for as ours", () => {
  const heads = shown([
    claim("a", "supported", { paper: "not in the paper; 95% by construction" }),
    claim("b", "supported"),
  ]);
  assert.deepEqual(heads.map(([id]) => id), [
    "claims-paper",
    "claim-b",
    "claims-ours",
    "claim-a",
  ]);
});

Deno.test("site() says which claims count for the answer, in HTML and Markdown", () => {
  const claims = [
    claim("a", "supported", { answers: "out of support" }),
    claim("b", "inconclusive"),
  ];
  const files = site({ reports: [{ ...report, claims }], run });
  for (const ending of ["html", "md"]) {
    assert.match(
      wordsOf(files, `index.${ending}`),
      /Out of support[^]*Claim a\.[^]*Other claims[^]*Claim b\.[^]*The paper’s claims(<\/a>|\]\([^)]*\)): 1 supported, 1 inconclusive/,
    );
    assert.deepEqual(
      wordsOf(files, `claims/index.${ending}`).match(/Counts towards.*?\./g),
      ["Counts towards the answer for shifts out of support."],
    );
  }
  assert.doesNotMatch(
    wordsOf(files, "spurious-tint/index.html"),
    /Counts towards the answer/,
  );
});

Deno.test("site() answers where no claim but one about the contrast is there", () => {
  const claims = [claim("x", "supported", { contrast: "from a to b" })];
  const files = site({
    reports: [{ ...report, claims }],
    run: { ...run, profile: "default" },
  });
  assert.match(wordsOf(files, "index.html"), /pre-training brings more/);
});

Deno.test("site() says below a claim what would decide an open claim, in HTML and Markdown", () => {
  const networks = { source: "networks", n: 4, standardError: 0.01 } as const;
  const claims = (["inconclusive", "supported"] as const).map((verdict) => {
    const one = claim(verdict, verdict);
    return "notReproduced" in one
      ? one
      : { ...one, estimate: { ...one.estimate, shares: [networks] } };
  });
  const files = site({ reports: [{ ...report, claims }], run });
  for (
    const path of ["claims/index", "spurious-tint/index"].flatMap((name) => [
      `${name}.html`,
      `${name}.md`,
    ])
  ) {
    const text = wordsOf(files, path);
    assert.equal(text.match(/would decide/g)?.length, 1, path);
    assert.match(
      text,
      /16 pre-trained networks instead of 4 would decide it if the estimate stayed the same\./,
      path,
    );
  }
  assert.doesNotMatch(wordsOf(files, "index.html"), /would decide it/);
});

Deno.test("mainClaimsBlocks() shows the contrast, then all that answer, half by half, and up to a dozen with the paper's, ours and controls, decided ones first", () => {
  const claims = [
    claim("c", "supported", { whose: "control" }),
    claim("o", "supported", { whose: "ours" }),
    claim("p-open", "inconclusive"),
    ...Array.from({ length: 7 }, (_, i) => claim(`p${i}`, "supported")),
    claim("a-open", "inconclusive", { answers: "in support" }),
    claim("a", "contradicted", { answers: "out of support" }),
    claim("x", "supported", { whose: "ours", contrast: "from a to b" }),
    claim("x-open", "inconclusive", { whose: "ours", contrast: "from a to b" }),
    claim("o2", "supported", { whose: "ours" }),
  ];
  const shown = (claims: readonly Claim[]) =>
    mainClaimsBlocks(claims.map((claim) => ({ claim, page: "" })))
      .flatMap((block): readonly string[] =>
        block.kind === "heading"
          ? [block.text]
          : block.kind === "table"
          ? block.ids ?? []
          : assert.fail(block.kind)
      );
  assert.deepEqual(
    shown(claims),
    [
      "The contrast",
      "claim-x",
      "claim-x-open",
      "Out of support",
      "claim-a",
      "In support",
      "claim-a-open",
      "Other claims",
      ...["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p-open"]
        .map((id) => `claim-${id}`),
    ],
  );
  assert.deepEqual(shown(claims.slice(0, 2)), ["claim-o", "claim-c"]);
  const many = Array.from(
    { length: 12 },
    (_, i) => claim(`out${i}`, "supported", { answers: "out of support" }),
  );
  const all = shown([
    claim("p", "supported"),
    ...many,
    claim("in", "inconclusive", { answers: "in support" }),
  ]);
  assert.equal(all.length, 2 + 13);
  assert.equal(all.at(-1), "claim-in");
  // Where the answer names some of a half, the others wait for room.
  const [first, ...others] = many;
  assert.deepEqual(
    shown([...others, { ...first as Claim, short: "under a tint" }])
      .slice(0, 3),
    ["claim-out0", "claim-out1", "claim-out2"],
  );
  assert.equal(
    shown([
      ...many.map((claim) => ({ ...claim, short: "under a tint" })),
      claim("unnamed", "contradicted", { answers: "out of support" }),
    ]).includes("claim-unnamed"),
    false,
  );
});

Deno.test("site() keeps added claims out of the dozen, the answer and the counts of the front page, and counts them by themselves", () => {
  const added = { whose: "added" } as const;
  const own = {
    ...report,
    id: "small-rotation",
    title: "Small rotation",
    claims: [
      claim("own-a", "contradicted", added),
      claim("own-b", "inconclusive", added),
    ],
  };
  const claims = [
    claim("a", "supported", { answers: "out of support" }),
    claim("b", "inconclusive", { answers: "in support" }),
  ];
  // The same without what was added, to compare with.
  const plain = site({ reports: [{ ...report, claims }], run });
  const files = site({ reports: [own, { ...report, claims }], run });
  const partsOf = (made: typeof files) => {
    const text = textOf(made, "index.md");
    const [, answer] = /\n> (.*)/.exec(text) ?? [];
    const [, main] =
      /\n## Claims\n([^]*?)\n+(?:<a id="[^"]*"><\/a>\n+)?## /.exec(text) ?? [];
    const [, apart] =
      /\n## Added claims\n([^]*?)\n+(?:<a id="[^"]*"><\/a>\n+)?## /.exec(
        text,
      ) ??
        [];
    return { answer, main, apart };
  };
  const [before, after] = [partsOf(plain), partsOf(files)];
  assert.ok(before.main !== undefined && before.apart === undefined);
  assert.equal(after.main, before.main);
  assert.equal(after.answer, before.answer);
  assert.match(after.main ?? "", /All 2 claims/);
  assert.match(after.apart ?? "", /They count by themselves/);
  assert.match(
    after.apart ?? "",
    /Claim own-a\.[^]*Claim own-b\.[^]*All 2 claims[^]*Added claims\]\([^)]*#claims-added\): 1 contradicted, 1 inconclusive/,
  );
  assert.match(
    wordsOf(files, "claims/index.md"),
    /2 claims: 1 supported, 1 inconclusive; 2 added claims: 1 contradicted, 1 inconclusive\./,
  );
});

Deno.test("claimsRecord() says whose each claim is", () => {
  const record = claimsRecord([report], run);
  assert.deepEqual(
    record.reports[0]?.claims.map(({ id, whose }) => [id, whose]),
    [["in-support", "paper"], ["control", "control"], ["large-gain", "ours"]],
  );
});

Deno.test("claimsBlocks() says what a claim is in the mean over several draws, below it", () => {
  const mean = (value: number, title: string) =>
    ({
      value,
      low: value - 0.005,
      high: value + 0.005,
      unit: "points",
      title,
    }) as const;
  const redrawn = {
    draws: 5,
    of: "seeds",
    estimate: mean(0.035, "sizes"),
    further: [mean(0.034, "checkpoints")],
  };
  const below = (claim: Claim) =>
    claimsBlocks([{ claim, page: "" }]).flatMap((block) =>
      block.kind === "table"
        ? (block.remarks ?? []).flat().map((remark) =>
          typeof remark === "object" && remark.kind === "remark"
            ? remark.source.replaceAll("\\", "")
            : ""
        )
        : []
    ).join(" ");
  assert.match(
    below(claim("flip", "inconclusive", { redrawn })),
    /Mean over 5 draws of seeds, in points, with intervals by what they differ: sizes \+3\.5 \(\+3\.0 to \+4\.0\); checkpoints \+3\.4 \(\+2\.9 to \+3\.9\)\./,
  );
  assert.doesNotMatch(
    below(claim("flip", "not reproduced", { redrawn })),
    /Mean/,
  );
  assert.doesNotMatch(below(claim("flip", "supported")), /Mean/);
});
