/**
 * Signing a site, and verifying its files and signatures: in one file, since
 * what one writes the other reads, and each test tampers with the same site.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RenderSite } from "../../../publishing/site_sources.ts";
import { openStore } from "../../../engine/store/store.ts";
import { digestOf } from "../../../engine/define/hash.ts";
import {
  MANIFEST,
  manifestOf,
  manifestText,
  stagesShown,
} from "../../../reports/site/manifest.ts";
import { WRITTEN } from "../../../reports/site/written_list.ts";
import { STRANGERS } from "../../strangers.ts";
import { gitCommit } from "../../../provenance/git/git_checkout.ts";
import { on, type Rig, rigsAfter, ROOT } from "../rig.ts";
import { toySite } from "../toy_pipelines.ts";
import { reporting, SOURCE } from "../toy_report.ts";
import { test } from "../../full.ts";

const pipelines = [reporting()];
const BUNDLE = "site.intoto.jsonl";

/** A toy site with a figure's file and a manifest. */
const site: RenderSite = async (content) => {
  const files = new Map(await toySite(content));
  files.set("toy-report/line.svg", "<svg/>");
  const { profile, started, commit } = content.run;
  const edited = ["tasks/training/train.ts"];
  const run = { id: "abc123", profile, started, commit, edited };
  const stages = stagesShown(content.provenance ?? new Map());
  files.set(
    MANIFEST,
    manifestText(manifestOf(files, { run, stages, runs: [] })),
  );
  return files;
};

async function writeKeys(t: Rig, name: string): Promise<void> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, [
    "sign",
    "verify",
  ]);
  assert.ok("publicKey" in pair);
  for (
    const [file, label, key, format] of [
      [`${name}.pem`, "PRIVATE KEY", pair.privateKey, "pkcs8"],
      [`${name}.public.pem`, "PUBLIC KEY", pair.publicKey, "spki"],
    ] as const
  ) {
    const der = new Uint8Array(await crypto.subtle.exportKey(format, key));
    await Deno.writeTextFile(
      join(t.folder, file),
      `-----BEGIN ${label}-----\n${der.toBase64()}\n-----END ${label}-----\n`,
    );
  }
}

/** A site, and two pairs of keys: "key" and "other". */
async function makeSite(t: Rig): Promise<void> {
  const copy = join(t.folder, "mirror/example.org/results");
  await Deno.mkdir(copy, { recursive: true });
  await Deno.writeTextFile(join(copy, "table.csv"), "abc");
  const words = on("reproduce", "--mirror", join(t.folder, "mirror"));
  assert.equal((await t.run(words, { pipelines, site })).code, 0);
  await writeKeys(t, "key");
  await writeKeys(t, "other");
}

const withSite = rigsAfter(makeSite);

const signed = rigsAfter(async (t) => {
  await makeSite(t);
  const { code, stderr } = await t.run(
    on("sign", "site", "--key", "key.pem"),
    { pipelines },
  );
  assert.equal(code, 0, stderr);
});

async function statementsIn(t: Rig) {
  const text = await Deno.readTextFile(join(t.folder, "site", BUNDLE));
  return text.trim().split("\n").map((line) => {
    const { payload } = JSON.parse(line);
    const bytes = Uint8Array.fromBase64(payload);
    return JSON.parse(new TextDecoder().decode(bytes));
  });
}

Deno.test("sign() states of each figure and page what it was made from", async () => {
  await using t = await signed();
  const statements = await statementsIn(t);
  assert.deepEqual(
    statements.map(({ _type, predicateType, subject, predicate }) => [
      _type,
      predicateType,
      predicate.buildDefinition.externalParameters,
      subject.map(({ name }: { name: string }) => name),
    ]),
    [
      [{}, ["index.html", "manifest.json", "run.json"]],
      [{ pipeline: "toy-report" }, ["toy-report/index.html"]],
      [{ pipeline: "toy-report", figure: "line" }, ["toy-report/line.svg"]],
    ].map(([parameters, paths]) => [
      "https://in-toto.io/Statement/v1",
      "https://slsa.dev/provenance/v1",
      { command: "reproduce", profile: "default", ...parameters },
      paths,
    ]),
  );
  const [, report, line] = statements;
  const names = (statement: typeof report) =>
    statement.predicate.buildDefinition.resolvedDependencies.map((
      { name, uri }: { name?: string; uri?: string },
    ) => name ?? uri);
  assert.ok(names(report).includes(SOURCE.title));
  assert.ok(!names(line).includes(SOURCE.title), "the line is not made of it");
  assert.ok(names(line).includes("tests/cli/toy_tasks.ts"));
  assert.ok(
    names(line).some((name: string) => name.startsWith("pkg:npm/zod@4.")),
  );
});

Deno.test("sign() gives digests that others can check", async () => {
  await using t = await signed();
  const [, report] = await statementsIn(t);
  const { resolvedDependencies } = report.predicate.buildDefinition;
  const find = (name: string) =>
    resolvedDependencies.find((one: { name?: string }) => one.name === name);
  assert.deepEqual(find(SOURCE.title), {
    name: SOURCE.title,
    uri: SOURCE.url,
    digest: { sha256: SOURCE.sha256 },
  });
  const path = "tests/cli/toy_tasks.ts";
  const bytes = await Deno.readFile(
    new URL("../toy_tasks.ts", import.meta.url),
  );
  assert.equal(find(path).digest.sha256, digestOf(bytes));
  assert.match(find(path).digest.syntaxSha256, /^[0-9a-f]{64}$/);
  const commit = gitCommit(ROOT);
  assert.deepEqual(
    find("commit"),
    commit === null ? undefined : {
      name: "commit",
      digest: { gitCommit: commit },
      annotations: { edited: ["tasks/training/train.ts"] },
    },
  );
  for (const { name, digest } of report.subject) {
    assert.equal(
      digest.sha256,
      digestOf(await Deno.readFile(join(t.folder, "site", name))),
    );
  }
});

Deno.test("sign() gives the same bytes again, and verify() finds all as published", async () => {
  await using t = await signed();
  const path = join(t.folder, "site", BUNDLE);
  const before = await Deno.readTextFile(path);
  await t.run(on("sign", "site", "--key", "key.pem"), { pipelines });
  assert.equal(await Deno.readTextFile(path), before);
  const { code, stdout } = await t.run(
    on("verify", "site", "--key", "key.public.pem"),
    { pipelines },
  );
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^site: 4 files of results from 2026-01-01 00:00 UTC on, at profile default\n3 statements signed by key [0-9a-f]{64}\nEvery file is as published\n$/,
  );
});

test.inFull("verify() names files that were changed, are missing or were added", async () => {
  await using t = await withSite();
  const at = (path: string) => join(t.folder, "site", path);
  await Deno.writeTextFile(at("toy-report/line.svg"), "<svg>0</svg>");
  await Deno.remove(at("run.json"));
  await Deno.writeTextFile(at("toy-report/new.html"), "hello");
  const { code, stdout } = await t.run(on("verify", "site"), { pipelines });
  assert.equal(code, 1);
  assert.deepEqual(stdout.split("\n").slice(1), [
    "  changed  toy-report/line.svg",
    "  missing  run.json",
    "  added  toy-report/new.html",
    "This is not as published",
    "",
  ]);
});

test.inFull("verify() finds added files that are called like what every object has", async () => {
  await using t = await signed();
  const names = ["__proto__", "constructor", "hasOwnProperty", "toString"];
  for (const name of names) {
    await Deno.writeTextFile(join(t.folder, "site", name), "");
  }
  const words = on("verify", "site", "--key", "key.public.pem");
  const { code, stdout } = await t.run(words, { pipelines });
  assert.equal(code, 1);
  assert.deepEqual(
    stdout.split("\n").slice(1, -3),
    names.map((name) => `  added  ${name}`),
  );
});

test.inFull("verify() and sign() find a list of written files that says more than the manifest", async () => {
  await using t = await signed();
  const path = join(t.folder, "site", WRITTEN);
  const text = await Deno.readTextFile(path);
  for (const other of ["{}", text.replace("{", '{ "note": 1,'), `${text} `]) {
    await Deno.writeTextFile(path, other);
    const { code, stdout } = await t.run(
      on("verify", "site", "--key", "key.public.pem"),
      { pipelines },
    );
    assert.equal(code, 1);
    assert.match(stdout, /\n {2}changed {2}\.written\.json\n/);
  }
  const { stderr } = await t.run(on("sign", "site", "--key", "key.pem"), {
    pipelines,
  });
  assert.equal(
    stderr,
    'Cannot sign site "site": .written.json is not as manifest.json says; write the site again, with deno task reproduce or publish\n',
  );
  await t.run(on("reproduce", "--mirror", join(t.folder, "mirror")), {
    pipelines,
    site,
  });
  assert.equal(await Deno.readTextFile(path), text);
});

for (const [kind, put] of Object.entries(STRANGERS)) {
  test.inFull(`verify() names a ${kind} in the place of a file, and sign() refuses it`, async () => {
    await using t = await signed();
    const at = (path: string) => join(t.folder, "site", path);
    for (const path of [BUNDLE, WRITTEN, "run.json"]) put(at(path));
    put(at("toy-report/new.html"));
    const { code, stdout } = await t.run(on("verify", "site"), { pipelines });
    assert.equal(code, 1);
    assert.deepEqual(stdout.split("\n").slice(1, -2), [
      `  a ${kind}  ${WRITTEN}`,
      `  a ${kind}  run.json`,
      `  a ${kind}  ${BUNDLE}`,
      ...kind === "folder" ? [] : [`  a ${kind}  toy-report/new.html`],
    ]);
    const sign = on("sign", "site", "--key", "key.pem");
    assert.equal(
      (await t.run(sign, { pipelines })).stderr,
      `Cannot sign site "site": ${WRITTEN} and ${
        kind === "folder" ? 2 : 3
      } more files are not as manifest.json says; write the site again, with deno task reproduce or publish\n`,
    );
    put(at(MANIFEST));
    for (const words of [on("verify", "site"), sign]) {
      const { code, stderr } = await t.run(words, { pipelines });
      assert.equal(
        stderr,
        `Cannot read site "site": its manifest.json is a ${kind}, which is not opened\n`,
      );
      assert.equal(code, 1);
    }
  });
}

test.inFull("verify() takes no link for a file, though it leads to the same bytes", async () => {
  await using t = await signed();
  const at = (path: string) => join(t.folder, "site", path);
  await Deno.rename(at("toy-report"), join(t.folder, "elsewhere"));
  await Deno.symlink(join(t.folder, "elsewhere"), at("toy-report"));
  await Deno.rename(at("run.json"), join(t.folder, "run.json"));
  await Deno.symlink(join(t.folder, "run.json"), at("run.json"));
  const { code, stdout } = await t.run(on("verify", "site"), { pipelines });
  assert.equal(code, 1);
  assert.deepEqual(stdout.split("\n").slice(1, -3), [
    "  missing  toy-report/index.html",
    "  missing  toy-report/line.svg",
    "  a link  run.json",
    "  a link  toy-report",
  ]);
});

test.inFull("verify() reads no file of another size than the manifest says", async () => {
  await using t = await withSite();
  // Of a terabyte that is not there: reading it would take hours.
  await Deno.truncate(join(t.folder, "site/run.json"), 2 ** 40);
  await Deno.writeTextFile(join(t.folder, "site/new"), "");
  await Deno.truncate(join(t.folder, "site/new"), 2 ** 40);
  const { stdout } = await t.run(on("verify", "site"), { pipelines });
  assert.deepEqual(stdout.split("\n").slice(1, -2), [
    "  changed  run.json",
    "  added  new",
  ]);
});

Deno.test("verify() finds what was changed together with the manifest", async () => {
  await using t = await signed();
  const at = (path: string) => join(t.folder, "site", path);
  const manifest = await Deno.readTextFile(at(MANIFEST));
  const before = digestOf(new TextEncoder().encode("<svg/>"));
  const forged = "<SVG/>";
  await Deno.writeTextFile(at("toy-report/line.svg"), forged);
  await Deno.writeTextFile(
    at(MANIFEST),
    manifest.replace(before, digestOf(new TextEncoder().encode(forged))),
  );
  const words = on("verify", "site", "--key", "key.public.pem");
  const { code, stdout } = await t.run(words, { pipelines });
  assert.equal(code, 1);
  assert.match(stdout, /\n {2}not as signed {2}manifest\.json\n/);
  assert.match(stdout, /\n {2}not as signed {2}toy-report\/line\.svg\n/);
  await Deno.remove(at(WRITTEN)); // which says what the manifest said
  const unaware = await t.run(on("verify", "site"), { pipelines });
  assert.equal(unaware.code, 0);
  assert.match(
    unaware.stdout,
    /\nWhat is in site\.intoto\.jsonl was not checked: give the public key with --key\n/,
  );
});

Deno.test("verify() fails for signatures of another key, altered ones and none", async () => {
  await using t = await signed();
  const verify = (key: string) =>
    t.run(on("verify", "site", "--key", key), { pipelines });
  const other = await verify("other.public.pem");
  assert.equal(other.code, 1);
  assert.match(
    other.stdout,
    /^.*\n {2}not signed by this key {2}3 statements in site\.intoto\.jsonl\n0 statements signed by key .*\nIt is not signed by this key; every file is as published\n$/,
  );
  const path = join(t.folder, "site", BUNDLE);
  const lines = (await Deno.readTextFile(path)).trim().split("\n");
  await Deno.writeTextFile(path, lines.slice(0, 2).join("\n"));
  const less = await verify("key.public.pem");
  assert.equal(less.code, 1);
  assert.match(less.stdout, /\n {2}unsigned {2}toy-report\/line\.svg\n/);
  await Deno.remove(path);
  const none = await verify("key.public.pem");
  assert.equal(none.code, 1);
  assert.match(
    none.stdout,
    /^site: .*\nNone of it is signed: it has no site\.intoto\.jsonl; deno task sign creates one\nIt is not signed by this key; every file is as published\n$/,
  );
});

Deno.test("verify() prints what it found of a site as JSON", async () => {
  await using t = await withSite();
  await Deno.remove(join(t.folder, "site/run.json"));
  const { code, stdout } = await t.run(on("verify", "site", "--json"), {
    pipelines,
  });
  assert.equal(code, 1);
  const { isGood, problems, files } = JSON.parse(stdout);
  assert.deepEqual([isGood, files, problems.missing], [false, 4, ["run.json"]]);
});

test.inFull("sign() says what it can state nothing about", async () => {
  await using t = await withSite();
  await openStore(join(t.folder, "empty"));
  const words = ["sign", "site", "--key", "key.pem", "--store", "empty"];
  const { code, stderr } = await t.run(words, { pipelines });
  assert.equal(code, 0);
  assert.equal(
    stderr,
    "Not in this store: 6 stages, of which the statements do not say what they were made from\n",
  );
});

Deno.test("sign() states nothing of a site that a run writes anew meanwhile", async () => {
  await using t = await withSite();
  const { readTextFile } = Deno;
  const before = await readTextFile(join(t.folder, "site", MANIFEST));
  try {
    Deno.readTextFile = async (...place) => {
      if (String(place[0]).endsWith(MANIFEST)) {
        Deno.readTextFile = readTextFile;
        await t.run(on("reproduce"), {
          pipelines: [reporting({ size: 4 })],
          site,
        });
      }
      return await readTextFile(...place);
    };
    const { code, stderr } = await t.run(
      on("sign", "site", "--key", "key.pem"),
      { pipelines },
    );
    assert.deepEqual([code, stderr], [
      1,
      'Cannot sign site "site": it was written anew meanwhile; sign it again\n',
    ]);
  } finally {
    Deno.readTextFile = readTextFile;
  }
  const path = join(t.folder, "site", MANIFEST);
  assert.notEqual(await readTextFile(path), before);
});

Deno.test("sign() and verify() refuse what they cannot do", async () => {
  await using t = await withSite();
  await Deno.mkdir(join(t.folder, "empty"));
  await Deno.writeTextFile(join(t.folder, "mine.csv"), "");
  await Deno.copyFile(
    join(t.folder, "key.pem"),
    join(t.folder, "site/key.pem"),
  );
  await Deno.symlink("site", join(t.folder, "link"));
  for (
    const [words, code, message] of [
      [
        ["sign", "site", "--key", "site/key.pem"],
        1,
        'Cannot sign with key "site/key.pem": it lies in the site and would be published with it',
      ],
      [
        ["sign", "link", "--key", "site/key.pem"],
        1,
        'Cannot sign with key "site/key.pem": it lies in the site and would be published with it',
      ],
      [
        ["sign", "site", "--key", "gone.pem"],
        2,
        'Cannot read key "gone.pem": there is no such file',
      ],
      [
        ["sign", "empty", "--key", "key.pem"],
        1,
        'Cannot read site "empty": it has no manifest.json; deno task reproduce writes one',
      ],
      [
        ["sign", "mine.csv", "--key", "key.pem"],
        1,
        'Cannot read site "mine.csv": there is no such folder; deno task publish --to DIR writes one',
      ],
      [
        ["sign", "gone", "--key", "key.pem"],
        1,
        'Cannot read site "gone": there is no such folder; deno task publish --to DIR writes one',
      ],
      [
        ["sign", "site"],
        2,
        'Cannot use option "--key": it is required; --help says what it takes',
      ],
      [
        ["verify", "toy-report", "--key", "key.public.pem"],
        2,
        'Cannot use option "--key" with "toy-report": only a site has signatures, and there is no such folder',
      ],
      [
        ["verify", "sitte", "--key", "key.public.pem"],
        2,
        'Cannot use option "--key" with "sitte": only a site has signatures, and there is no such folder',
      ],
      [
        ["verify", "sitte"],
        2,
        'Cannot verify "sitte": it is neither a folder nor a pipeline; the pipelines are toy-report',
      ],
      [
        ["verify", "./gone"],
        2,
        'Cannot verify site "./gone": there is no such folder',
      ],
      [
        ["verify", "site", "--key", "empty"],
        2,
        'Cannot read key "empty": it is a folder',
      ],
      [
        ["verify", "site", "toy-report"],
        2,
        'Cannot verify "toy-report" as well: a site is verified alone',
      ],
    ] as const
  ) {
    const [command, ...rest] = words;
    const outcome = await t.run(on(command, ...rest), { pipelines });
    assert.equal(outcome.stderr, `${message}\n`);
    assert.equal(outcome.code, code);
  }
  await Deno.writeTextFile(join(t.folder, "site/run.json"), "{}");
  const { stderr } = await t.run(on("sign", "site", "--key", "key.pem"), {
    pipelines,
  });
  assert.equal(
    stderr,
    'Cannot sign site "site": run.json is not as manifest.json says; write the site again, with deno task reproduce or publish\n',
  );
});
