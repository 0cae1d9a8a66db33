/** What a run leaves on the site: of other pipelines, of earlier results, of other profiles. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RenderSite } from "../../../publishing/site_sources.ts";
import type { SiteOptions } from "../../../reports/site/site.ts";
import { on, rig } from "../rig.ts";
import { goOn, toySite, training, waiting } from "../toy_pipelines.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

const pipelines = [training()];

test.inFull("reproduce() leaves pipelines on the site that it was not asked for, as they were, with their date", async () => {
  await using t = await rig();
  const many = (epochs: number) =>
    ["toy-line", "toy-a", "toy-b", "toy-c", "toy-d"].map((name, i) =>
      training(name, { epochs: epochs + i })
    );
  const shown: SiteOptions[] = [];
  const site: RenderSite = (content) => {
    shown.push(content);
    return toySite(content);
  };
  await t.run(on("reproduce"), { pipelines: many(12), site });
  const before = await readTree(join(t.folder, "site"));
  const one = () =>
    t.run(on("reproduce", "toy-line"), { pipelines: many(52), site });
  const { stdout } = await one();
  assert.match(
    stdout,
    /See [^\n]*\(2 files written\)\nLeft as they were, with their date: toy-a, toy-b, toy-c and 1 more \(something they depend on has changed or is missing\); deno task reproduce --store store --site site updates them\n$/,
  );
  const after = await readTree(join(t.folder, "site"));
  assert.deepEqual(Object.keys(after), Object.keys(before));
  assert.equal(after["toy-a/index.html"], before["toy-a/index.html"]);
  assert.notEqual(after["toy-line/index.html"], before["toy-line/index.html"]);
  const last = shown.at(-1);
  assert.deepEqual(
    last?.reports.map(({ id }) => id),
    ["toy-line", "toy-a", "toy-b", "toy-c", "toy-d"],
  );
  assert.deepEqual(
    Object.entries(last?.run.earlier ?? {}).map(([name, date]) => [
      name,
      date.slice(0, 10),
    ]),
    ["toy-a", "toy-b", "toy-c", "toy-d"].map((name) => [name, "2026-01-01"]),
  );
  assert.match((await one()).stdout, /nothing in it changed[^]*Left as they/);
  // All at once, and nothing is of an earlier run any more.
  const all = await t.run(on("reproduce"), { pipelines: many(52), site });
  assert.doesNotMatch(all.stdout, /Left as/);
  assert.equal(shown.at(-1)?.run.earlier?.["toy-a"], undefined);
});

test.inFull("reproduce() leaves pages there whose results are no longer in the store", async () => {
  await using t = await rig();
  const two = (epochs: number) => [
    training("toy-line", { epochs }),
    training("toy-a", { epochs }),
  ];
  await t.run(on("reproduce"), { pipelines: two(12) });
  await Deno.remove(join(t.folder, "store/objects"), { recursive: true });
  const { stdout } = await t.run(on("reproduce", "toy-line"), {
    pipelines: two(13),
  });
  assert.match(
    stdout,
    /Kept, but no longer linked: pages of toy-a, whose results at profile default are not in the store; deno task reproduce toy-a --store store --site site updates it\n$/,
  );
  const { isFile } = await Deno.stat(join(t.folder, "site/toy-a/index.html"));
  assert.ok(isFile);
  const again = await t.run(on("reproduce"), { pipelines: two(13) });
  assert.doesNotMatch(again.stdout, /Left/);
});

test.inFull("reproduce() does not take the site of a larger profile away", async () => {
  await using t = await rig();
  await t.run(on("reproduce"), { pipelines });
  const before = await readTree(join(t.folder, "site"));
  const smoke = await t.run(on("reproduce", "--profile", "smoke"), {
    pipelines,
  });
  assert.equal(smoke.code, 2);
  assert.equal(
    smoke.stderr,
    'Cannot write the site to "site": it holds the site of profile default, which a run at smoke would replace; name another folder with --site, or add --replace\n',
  );
  assert.deepEqual(await readTree(join(t.folder, "site")), before);
  const replaced = await t.run(
    on("reproduce", "--profile", "smoke", "--replace"),
    { pipelines },
  );
  assert.equal(replaced.code, 0);
  // A larger one takes the place of a smaller one.
  assert.equal((await t.run(on("reproduce"), { pipelines })).code, 0);
});

Deno.test("reproduce() leaves the site that a run of a larger profile has written meanwhile", async () => {
  await using t = await rig();
  const both = { pipelines: [training(), waiting()] };
  const smoke = t.run(on("reproduce", "--profile", "smoke"), both);
  const done = join(t.folder, "done");
  const going = goOn(join(t.folder, "store"), done);
  await t.run(on("reproduce", "toy-line"), both);
  const site = join(t.folder, "site");
  const before = await readTree(site);
  await Deno.writeTextFile(done, "");
  const [{ code, stderr }] = await Promise.all([smoke, going]);
  assert.deepEqual([code, stderr], [
    2,
    'Cannot write the site to "site": it holds the site of profile default, which a run at smoke would replace; name another folder with --site, or add --replace\n',
  ]);
  assert.deepEqual(await readTree(site), before);
});

/** The text of every file of a folder, by path. */
async function readTree(
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const files = filesBelow(folder).map(async (path) =>
    [path, await Deno.readTextFile(join(folder, path))] as const
  );
  return Object.fromEntries(await Promise.all(files));
}

Deno.test("reproduce() names the pipelines that it left as they were, in the command that updates them", async () => {
  await using t = await rig();
  const both = (epochs: number) => [
    training("toy-line", { epochs }),
    training("toy-other", { epochs }),
  ];
  await t.run(on("reproduce"), { pipelines: both(12) });
  const { stdout } = await t.run(on("reproduce", "toy-line"), {
    pipelines: both(13),
  });
  assert.match(
    stdout,
    /; deno task reproduce toy-other --store store --site site updates it\n$/,
  );
});
