import assert from "node:assert/strict";
import { foundClaims } from "../../../cli/lines/found_claims.ts";
import type { Reproduced } from "../../../engine/run/open_pipeline.ts";
import type { HistoricRun } from "../../../engine/store/historic_run.ts";
import type { Claim } from "../../../reports/value/claim.ts";
import { summaryOf } from "../../../reports/value/claim_summary.ts";
import type { Report } from "../../../reports/value/report.ts";

const points = (value: number) =>
  ({ value, low: value - 0.01, high: value + 0.01, unit: "points" }) as const;

const claim = (id: string, value: number, more: Partial<Claim> = {}) =>
  ({
    id,
    statement: `Of *${id}* much`,
    paper: "",
    rule: { kind: "above", bound: 0.02 },
    estimate: points(value),
    ...more,
  }) as Claim;

const answer = { answers: "out of support" } as const;

const report = (claims: readonly Claim[]) => ({ claims }) as Report;

/** A pipeline in which some stages ran. */
const done = (claims: readonly Claim[], ran: readonly string[] = ["train"]) =>
  ({
    name: "tint",
    run: "now",
    result: { ran },
    output: { kind: "value", value: report(claims) },
  }) as unknown as Reproduced<Report>;

/** A run in which some claims were found. */
const earlier = (claims: readonly Claim[], more: Partial<HistoricRun> = {}) =>
  ({
    id: "before",
    profile: "full",
    pipelines: { tint: { stages: {}, summary: summaryOf(report(claims)) } },
    ...more,
  }) as HistoricRun;

const found = (
  one: Reproduced<Report>,
  ...runs: readonly HistoricRun[]
) =>
  foundClaims([one], {
    named: new Set(["tint"]),
    runs,
    profile: "full",
    site: "site",
  });

Deno.test("foundClaims() begins with what changed, and of that and of the others with what answers the question", () => {
  const claims = [
    claim("new", 0.05),
    claim("changed", 0.05),
    claim("answer", 0.05, answer),
    claim("changed answer", 0.05, answer),
    claim("kept", 0.05),
  ];
  const was = ["changed", "changed answer"].map((id) => claim(id, 0));
  const kept = ["kept", "answer"].map((id) => claim(id, 0.04));
  assert.deepEqual(
    found(done(claims), earlier([...was, ...kept]))
      .map(({ claim, before }) => [claim, before]),
    [
      ["changed answer", "contradicted"],
      ["changed", "contradicted"],
      ["answer", undefined],
      ["new", undefined],
    ],
  );
});

Deno.test("foundClaims() begins a first run with the contrast, and then gives the halves in turn", () => {
  const within = { answers: "in support" } as const;
  const claims = [
    claim("other", 0.05),
    ...["out 1", "out 2", "out 3"].map((id) => claim(id, 0.05, answer)),
    claim("in 1", 0, within),
    claim("in 2", 0.05, within),
    claim("contrast", 0.05, { contrast: "from a tint to a flip" }),
  ];
  assert.deepEqual(
    found(done(claims)).map(({ claim }) => claim),
    ["contrast", "out 1", "in 1", "out 2", "in 2", "out 3", "other"],
  );
});

Deno.test("foundClaims() tells what was found of added claims each time that anything ran", () => {
  const claims = [claim("kept", 0.05, { whose: "added" })];
  const was = earlier(claims);
  assert.deepEqual(
    found(done(claims), was).map(({ claim, added }) => [claim, added]),
    [["kept", true]],
  );
  assert.deepEqual(found(done(claims, []), was), []);
});

Deno.test("foundClaims() gives of a pipeline in which nothing ran what changed alone", () => {
  const claims = [claim("kept", 0.05, answer), claim("ruled anew", 0.05)];
  const was = [claim("kept", 0.05), claim("ruled anew", 0.02)];
  assert.deepEqual(
    found(done(claims, []), earlier(was)).map(({ claim }) => claim),
    ["ruled anew"],
  );
});

Deno.test("foundClaims() gives of a pipeline that nobody named what is known to have changed alone", () => {
  const one = done([claim("a", 0.05), claim("b", 0.05, answer)], []);
  const options = { named: new Set<string>(), profile: "full", site: "site" };
  assert.deepEqual(foundClaims([one], { ...options, runs: [] }), []);
  const runs = [earlier([claim("a", 0)])];
  assert.deepEqual(
    foundClaims([one], { ...options, runs }).map(({ claim }) => claim),
    ["a"],
  );
});

Deno.test("foundClaims() compares with the last run before that has a report at the profile", () => {
  const now = done([claim("low", 0.05)]);
  const runs = [
    earlier([claim("low", 0)]),
    earlier([claim("low", 0.02)], { profile: "smoke" }),
    earlier([], { pipelines: { tint: { stages: {} } } }),
    earlier([claim("low", 0.05)], { id: "now" }),
  ];
  assert.equal(found(now, ...runs)[0]?.before, "contradicted");
});

Deno.test("foundClaims() gives a sentence without marks, the first number and of how many it is", () => {
  const one = claim("low", 0.05, {
    estimate: { ...points(0.05), title: "size line", examples: 90 },
    further: [points(0.06)],
  });
  const none = claim("none", 0, {
    estimate: undefined,
    unit: "points",
    notReproduced: "source *unavailable*",
  } as unknown as Partial<Claim>);
  delete (none as { estimate?: unknown }).estimate;
  assert.deepEqual(
    found(done([one, none])).map(({ statement, found, page }) => [
      statement,
      found,
      page,
    ]),
    [
      [
        "Of low much",
        "+5.00 (+4.00 to +6.00) points, the first of 2 estimates",
        "site/tint/index.html",
      ],
      ["Of none much", "source unavailable", "site/tint/index.html"],
    ],
  );
});

Deno.test("foundClaims() gives the first number that has the verdict, and names one that is not the first", () => {
  const of = (...further: readonly number[]) =>
    found(done([claim("low", 0.05, {
      further: further.map((value, i) => ({
        ...points(value),
        title: `line ${i + 2}`,
      })),
    })])).map(({ verdict, found }) => [verdict, found]);
  assert.deepEqual(of(0.06), [
    ["supported", "+5.00 (+4.00 to +6.00) points, the first of 2 estimates"],
  ]);
  assert.deepEqual(of(0.06, 0.025), [
    [
      "inconclusive",
      "line 3: +2.50 (+1.50 to +3.50) points, one of 3 estimates",
    ],
  ]);
  assert.deepEqual(of(0.025, 0), [
    [
      "contradicted",
      "line 3: 0.00 (−1.00 to +1.00) points, one of 3 estimates",
    ],
  ]);
});
