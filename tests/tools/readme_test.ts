import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { branchesOf, isRef, mapLeaves } from "../../engine/define/ref.ts";
import type { ProfileName } from "../../engine/define/pipeline.ts";
import { pipelines } from "../../pipelines/registry.ts";
import {
  claimsRecord,
  claimsText,
  readClaims,
} from "../../reports/site/claims_record.ts";
import {
  MARKERS,
  readmeClaims,
  withClaims,
} from "../../reports/site/readme_claims.ts";
import type { Claim } from "../../reports/value/claim.ts";
import { whoseOf } from "../../reports/value/claim_groups.ts";
import { readmeFiles, refuseStale, staleFiles } from "../../tools/readme.ts";
import { report, run } from "../reports/example.ts";

const record = claimsRecord([{
  ...report,
  claims: report.claims.map((claim, i) => ({
    ...claim,
    answers: i === 0 ? "in support" : "out of support",
  })),
}], run);

/** A project with a README and a site. */
async function project(readme: string): Promise<string> {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(join(root, "docs"));
  await Deno.mkdir(join(root, "site"));
  await Deno.writeTextFile(join(root, "README.md"), readme);
  await Deno.writeTextFile(join(root, "site/claims.json"), claimsText(record));
  return root;
}

Deno.test("README.md is what docs/claims.json gives", async () => {
  assert.deepEqual(await staleFiles(await readmeFiles({})), []);
});

Deno.test("docs/claims.json has claims and rules as the pipelines have them now", async () => {
  const { reports, run } = readClaims(
    await Deno.readTextFile(new URL("../../docs/claims.json", import.meta.url)),
  );
  for (const { id, claims } of reports) {
    const pipeline = pipelines.find(({ name }) => name === id);
    assert.ok(pipeline !== undefined, `there is no pipeline "${id}" any more`);
    const now = claimsOf(pipeline.build(run.profile as ProfileName))
      .map((claim) => {
        const { id, rule, answers, contrast } = claim;
        return { id, rule, answers, contrast, whose: whoseOf(claim) };
      });
    assert.deepEqual(
      claims.map(({ id, numbers, answers, contrast, whose }) => ({
        id,
        rule: numbers.rule,
        answers,
        contrast,
        whose,
      })),
      now,
      `claims of "${id}" changed: run "deno task reproduce", then "deno task readme"`,
    );
  }
});

Deno.test("no claim says what another says, for tables have claims of several pages", () => {
  const statements = pipelines.flatMap(({ profiles, build }) =>
    claimsOf(
      build(profiles.includes("full") ? "full" : profiles.at(-1) ?? "gpu"),
    )
      .map(({ statement }) => JSON.stringify(statement))
  );
  assert.ok(statements.length > 100);
  assert.deepEqual(
    statements.filter((one, i) => statements.indexOf(one) < i),
    [],
  );
});

/** What is fixed of the claims of a report whose numbers are still to come. */
function claimsOf(report: unknown): readonly {
  readonly id: string;
  readonly statement: unknown;
  readonly rule: unknown;
  readonly answers?: string;
  readonly contrast?: string;
  readonly whose?: Claim["whose"];
  readonly paper: Claim["paper"];
}[] {
  const { claims } = mapLeaves(
    report,
    (leaf) => isRef(leaf) ? 0 : isPart(leaf) ? branchesOf(leaf).value : leaf,
  ) as { readonly claims: ReturnType<typeof claimsOf> };
  return claims;
}

function isPart(leaf: unknown): leaf is Parameters<typeof branchesOf>[0] {
  return typeof leaf === "object" && leaf !== null &&
    Object.getOwnPropertySymbols(leaf).some((symbol) =>
      symbol.description === "shiftline.or-else"
    );
}

Deno.test("readmeFiles() takes the claims of a site, keeps them, and does so once", async () => {
  const root = await project(
    `# Title\n\n${MARKERS.begin}\n\nold\n\n${MARKERS.end}\n\nrest\n`,
  );
  const files = await readmeFiles({
    root,
    site: join(root, "site"),
    pipelines: record.reports.map(({ id }) => id),
  });
  const readme = files.get(join(root, "README.md")) ?? "";
  assert.match(readme, /^# Title\n/);
  assert.match(readme, /\n\nrest\n$/);
  assert.doesNotMatch(readme, /old/);
  assert.match(readme, /In support, pre-training brings almost no/);
  assert.equal((await staleFiles(files)).length, 2);
  await assert.rejects(() => refuseStale(files), {
    message: `Cannot take "${join(root, "README.md")}" and "${
      join(root, "docs", "claims.json")
    }" as it is: it is not what docs/claims.json gives; run "deno task readme"`,
  });
  for (const [path, text] of files) await Deno.writeTextFile(path, text);
  assert.deepEqual(await staleFiles(await readmeFiles({ root })), []);
});

Deno.test("readmeFiles() refuses a folder without a site, and a smoke run", async () => {
  const root = await project("");
  await assert.rejects(() => readmeFiles({ root, site: join(root, "none") }), {
    message: `Cannot write README.md: there is no "${
      join(root, "none", "claims.json")
    }"; run "deno task reproduce" first, or name the folder of a site`,
  });
  const file = join(root, "site/claims.json");
  await Deno.writeTextFile(
    file,
    claimsText({ ...record, run: { ...record.run, profile: "smoke" } }),
  );
  await assert.rejects(() => readmeFiles({ root, site: join(root, "site") }), {
    message:
      `Cannot write README.md: "${file}" is of a smoke run, which means nothing; take a site of another profile`,
  });
});

Deno.test("readmeFiles() refuses a site that is not whole, and says what it lacks", async () => {
  const root = await project("");
  const [first] = record.reports;
  assert.ok(first);
  const { id } = first;
  const state = async (
    change: Partial<typeof record>,
    pipelines: readonly string[] = [id],
  ) => {
    const site = join(root, "site");
    await Deno.writeTextFile(
      join(site, "claims.json"),
      claimsText({ ...record, ...change }),
    );
    const files = readmeFiles({ root, site, pipelines });
    const error = await files.then(() => undefined, (error) => error);
    return /claims\.json" (.*); take a site of a whole run/
      .exec(error?.message ?? "")?.[1];
  };
  assert.equal(await state({}, [id, "a", "b"]), "lacks a, b");
  const [claim] = first.claims;
  assert.ok(claim);
  const notReproduced = (why: string) =>
    state({
      reports: [{
        ...first,
        claims: [{ ...claim, verdict: "not reproduced", here: [why] }],
      }],
    });
  assert.equal(
    await notReproduced("a stage failed"),
    `has claims that could not be reproduced, of ${id}`,
  );
  assert.equal(await notReproduced("source unavailable"), undefined);
  assert.equal(
    await state({ run: { ...record.run, earlier: { [id]: "2026-01-01" } } }),
    `shows ${id} as of an earlier run`,
  );
});

Deno.test("withClaims() refuses a README without its markers", () => {
  for (const readme of ["", `${MARKERS.end}\n${MARKERS.begin}`]) {
    assert.throws(() => withClaims(readme, ""), {
      message:
        `Cannot put the claims into README.md: it lacks the lines "${MARKERS.begin}" and "${MARKERS.end}", in this order`,
    });
  }
});

Deno.test("readmeClaims() says the answer only when both halves were put to the test", () => {
  assert.match(
    readmeClaims(record),
    /^\*\*At this scale the networks do not show the paper’s contrast/,
  );
  const [first] = record.reports;
  assert.ok(first);
  const half = { ...first, claims: first.claims.slice(0, 1) };
  assert.doesNotMatch(
    readmeClaims({ ...record, reports: [half] }),
    /paper’s contrast/,
  );
});

Deno.test("readmeClaims() says whose published files could not be reached", () => {
  const [first] = record.reports;
  const [claim] = first?.claims ?? [];
  assert.ok(first && claim);
  const told = (why: string) =>
    readmeClaims({
      ...record,
      reports: [{
        ...first,
        claims: [{ ...claim, verdict: "not reproduced", here: [why] }],
      }],
    }).includes(
      `1 not reproduced (\`${first.id}\`: published files could not be reached)`,
    );
  assert.equal(told("source unavailable"), true);
  assert.equal(told("a stage failed"), false);
});

Deno.test("readmeClaims() begins with the claims about the contrast, which the answer rests on", () => {
  const [first, ...others] = report.claims;
  assert.ok(first);
  const text = readmeClaims(claimsRecord([{
    ...report,
    claims: [
      ...others.map((claim) => ({ ...claim, answers: "in support" as const })),
      { ...first, answers: undefined, contrast: "from a to b" },
    ],
  }], run));
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  assert.match(rows[2] ?? "", / \| out − in \| /);
  assert.equal(rows.length, 2 + report.claims.length);
});

Deno.test("readmeClaims() has no row of an added claim, and counts it by itself", () => {
  const [first] = record.reports;
  const [claim] = first?.claims ?? [];
  assert.ok(first && claim);
  const { answers: _, ...rest } = claim;
  const added = { ...rest, whose: "added", verdict: "supported" } as const;
  const own = { id: "small-rotation", title: "", claims: [added] };
  const text = readmeClaims({ ...record, reports: [first, own] });
  const rows = (text: string) => text.match(/^\|.*\|$/gm);
  assert.deepEqual(rows(text), rows(readmeClaims(record)));
  assert.match(
    text,
    /_3 claims of 1 experiment: [^;]*; 1 added claim of 1 experiment: 1 supported\. Profile/,
  );
});

Deno.test("readmeClaims() makes text from data literal", () => {
  const bad = "<script> | x";
  const [first] = record.reports;
  assert.ok(first);
  const claims = first.claims.map((claim) => ({
    ...claim,
    statement: bad,
    paper: bad,
    here: [bad],
  }));
  const text = readmeClaims({ ...record, reports: [{ ...first, claims }] });
  assert.doesNotMatch(text.replaceAll("\\<", ""), /<script/);
  assert.doesNotMatch(text.replaceAll("\\|", ""), /> \| x/);
});

Deno.test("readClaims() gives back what claimsText() wrote, and refuses the rest", () => {
  assert.deepEqual(readClaims(claimsText(record)), record);
  assert.throws(() => readClaims("{"), {
    message: "Cannot read claims.json: it is not JSON",
  });
  assert.throws(() => readClaims('{"format":1}'), {
    name: "TypeError",
    message: /^Cannot read claims\.json: run: Invalid input/,
  });
});

Deno.test("readmeFiles() says that it may not read a site elsewhere", {
  permissions: { read: false },
}, async () => {
  await assert.rejects(readmeFiles({ root: "/p", site: "/m/site" }), {
    message:
      'Cannot read "/m/site/claims.json": "deno task readme" may read this project alone; copy the site into it',
  });
});

for (
  const [args, code, text] of [
    [
      ["--help"],
      0,
      /^Usage: deno task readme \[OPTION…\] \[SITE\]\n[^]* --check /,
    ],
    [
      ["--chek"],
      2,
      /^Cannot use option "--chek": "readme" has no such option; did you mean "--check"\?\n$/,
    ],
    [
      ["a", "b"],
      2,
      /^Cannot use argument "b": "readme" takes no further argument; --help lists its options\n$/,
    ],
  ] as const
) {
  Deno.test(`readme writes nothing when it is told "${args.join(" ")}"`, async () => {
    // It may write nothing here, and would fail at the attempt.
    const output = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--allow-read"],
        ...[
          fileURLToPath(import.meta.resolve("../../tools/readme.ts")),
          ...args,
        ],
      ],
    }).output();
    const { stdout, stderr } = output;
    const decoder = new TextDecoder();
    assert.match(decoder.decode(stdout) + decoder.decode(stderr), text);
    assert.equal(output.code, code);
  });
}
