import assert from "node:assert/strict";
import { join } from "node:path";
import { publishedIn, replaceSite } from "../../publishing/published_folder.ts";
import { manifestOf, manifestText } from "../../reports/site/manifest.ts";
import { STRANGERS } from "../strangers.ts";

const run = { id: "a1", profile: "smoke", started: "2026-01-01", commit: null };

/** A site of some files, with its manifest. */
function siteOf(files: Readonly<Record<string, string>>) {
  const all = new Map(Object.entries(files));
  const manifest = manifestOf(all, { run, stages: [], runs: [] });
  return all.set("manifest.json", manifestText(manifest));
}

async function withFolder(
  test: (folder: string, outer: string) => Promise<void>,
): Promise<void> {
  const outer = await Deno.makeTempDir({ prefix: "publish-" });
  try {
    await test(join(outer, "public"), outer);
  } finally {
    await Deno.remove(outer, { recursive: true });
  }
}

async function replace(
  folder: string,
  files: Parameters<typeof replaceSite>[1],
): Promise<void> {
  await replaceSite(folder, files, await publishedIn(folder));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

Deno.test("publishedIn() finds nothing in a folder that is not there or is empty", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await publishedIn(folder), { kind: "nothing" });
    await Deno.mkdir(join(folder, "empty/too"), { recursive: true });
    assert.deepEqual(await publishedIn(folder), { kind: "nothing" });
  }));

Deno.test("replaceSite() puts a whole site in the place of another and leaves nothing beside it", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1", "old/a.html": "2" }));
    await replace(folder, siteOf({ "index.html": "3", "new/b.html": "4" }));
    assert.deepEqual(await namesIn(folder), [
      "index.html",
      "manifest.json",
      "new",
    ]);
    assert.deepEqual(await namesIn(outer), ["public"]);
    const found = await publishedIn(folder);
    assert.ok(found.kind === "site");
    assert.deepEqual(Object.keys(found.manifest.files), [
      "index.html",
      "new/b.html",
    ]);
  }));

/** What is done to a published site, and what is said of it then. */
const CASES: readonly (readonly [
  string,
  (folder: string) => Promise<unknown>,
  string,
])[] = [
  [
    "a file of somebody else",
    (folder) => Deno.writeTextFile(join(folder, "notes.txt"), "mine"),
    '"notes.txt" is there and is not part of the site; move it away, or name another folder',
  ],
  [
    "a link",
    (folder) => Deno.symlink("/", join(folder, "root")),
    '"root" is there and is not part of the site; move it away, or name another folder',
  ],
  [
    "a file that is called like what every object has",
    (folder) => Deno.writeTextFile(join(folder, "constructor"), "mine"),
    '"constructor" is there and is not part of the site; move it away, or name another folder',
  ],
  [
    "a page that was changed",
    (folder) => Deno.writeTextFile(join(folder, "index.html"), "mine"),
    '"index.html" was changed since it was published; move it away, or name another folder',
  ],
  [
    "no manifest",
    (folder) => Deno.remove(join(folder, "manifest.json")),
    'it holds "index.html" and no site; name another folder, or an empty one',
  ],
  [
    "a manifest of something else",
    (folder) => Deno.writeTextFile(join(folder, "manifest.json"), "{}"),
    'its "manifest.json" is not the manifest of a site; name another folder',
  ],
  [
    "the site of reproduce",
    (folder) => Deno.writeTextFile(join(folder, ".written.json"), "{}"),
    "reproduce keeps its site there; name another folder",
  ],
];

for (const [what, change, state] of CASES) {
  Deno.test(`publishedIn() refuses ${what}, and touches nothing`, () =>
    withFolder(async (folder) => {
      await replace(folder, siteOf({ "index.html": "1" }));
      await change(folder);
      const before = await namesIn(folder);
      await assert.rejects(publishedIn(folder), {
        message: `Cannot publish to "${folder}": ${state}`,
      });
      assert.deepEqual(await namesIn(folder), before);
    }));
}

for (const [kind, put] of Object.entries(STRANGERS)) {
  for (const name of ["b/index.html", "site.intoto.jsonl"]) {
    Deno.test(`publishedIn() refuses a ${kind} in the place of ${name}`, () =>
      withFolder(async (folder) => {
        await replace(folder, siteOf({ "b/index.html": "" }));
        put(join(folder, name));
        await assert.rejects(publishedIn(folder), {
          message:
            `Cannot publish to "${folder}": "${name}" is a ${kind}, which nobody published; move it away, or name another folder`,
        });
      }));
  }
}

Deno.test("publishedIn() refuses a page that lies behind a link", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "b/index.html": "1" }));
    await Deno.rename(join(folder, "b"), join(outer, "b"));
    await Deno.symlink(join(outer, "b"), join(folder, "b"));
    await assert.rejects(
      publishedIn(folder),
      /: "b" is there and is not part of the site; move it away, /,
    );
  }));

Deno.test("publishedIn() refuses a manifest that leads out of the site", () =>
  withFolder(async (folder) => {
    await replace(folder, siteOf({ "runs/a1/../../../x": "1" }));
    await assert.rejects(publishedIn(folder), /is not the manifest of a site/);
  }));

Deno.test("publishedIn() refuses a file where the folder should be", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(folder, "mine");
    await assert.rejects(
      publishedIn(folder),
      /^Error: Cannot publish to ".*": a file is in the way; name another folder$/,
    );
  }));

Deno.test("publishedIn() brings back the site of a replacement that was cut short", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    await Deno.rename(folder, join(outer, ".public.shiftline-old"));
    assert.equal((await publishedIn(folder)).kind, "site");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("publishedIn() clears away the old site that is left beside a new one", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    const old = join(outer, ".public.shiftline-old");
    await Deno.mkdir(old);
    await Deno.writeTextFile(join(old, "index.html"), "0");
    assert.equal((await publishedIn(folder)).kind, "site");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() leaves the old site when the new one cannot be written", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    const gone = new URL(`file://${join(outer, "gone")}`);
    await assert.rejects(
      replace(
        folder,
        new Map<string, string | URL>([["index.html", "2"], ["b", gone]]),
      ),
      /^Error: Cannot publish to ".*": /,
    );
    assert.equal(await Deno.readTextFile(join(folder, "index.html")), "1");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() refuses to write what another process is writing, whose site is whole", () =>
  withFolder(async (folder, outer) => {
    const site = (text: string) =>
      siteOf(
        Object.fromEntries(
          Array.from({ length: 20 }, (_, i) => [`p${i}/index.html`, text]),
        ),
      );
    const before = await publishedIn(folder);
    const both = await Promise.allSettled(
      ["1", "2"].map((text) => replaceSite(folder, site(text), before)),
    );
    const refused = both.filter((one) => one.status === "rejected");
    assert.deepEqual(refused.map(({ reason }) => reason.message), [
      `Cannot publish to "${folder}": another process publishes to it now; publish again when that has ended`,
    ]);
    const text = both[0]?.status === "fulfilled" ? "1" : "2";
    const found = await publishedIn(folder);
    assert.ok(found.kind === "site");
    for (const path of Object.keys(found.manifest.files)) {
      assert.equal(await Deno.readTextFile(join(folder, path)), text);
    }
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("publishedIn() leaves alone what another process has moved aside to replace it", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    await Deno.rename(folder, join(outer, ".public.shiftline-old"));
    const path = join(outer, ".public.shiftline-lock");
    {
      using lock = await Deno.create(path);
      await lock.lock(true);
      await assert.rejects(publishedIn(folder), /: another process publishes/);
    }
    assert.equal((await publishedIn(folder)).kind, "site");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() takes over what a process that was killed has left beside the site", () =>
  withFolder(async (folder, outer) => {
    await Deno.writeTextFile(join(outer, ".public.shiftline-lock"), "");
    await Deno.mkdir(join(outer, ".public.shiftline-new"));
    await Deno.writeTextFile(join(outer, ".public.shiftline-new/a"), "");
    await replace(folder, siteOf({ "index.html": "1" }));
    assert.deepEqual(await namesIn(folder), ["index.html", "manifest.json"]);
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() leaves the old site where the new one was changed before it was whole", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    const before = await publishedIn(folder);
    const { writeFile } = Deno;
    Deno.writeFile = async (path, bytes) => {
      await writeFile(path, bytes);
      if (`${path}`.endsWith("a.html")) await Deno.truncate(`${path}`);
    };
    try {
      await assert.rejects(
        replaceSite(folder, siteOf({ "a.html": "2", "b.html": "" }), before),
        {
          message:
            `Cannot publish to "${folder}": Cannot go on: "a.html" was changed meanwhile; publish again`,
        },
      );
    } finally {
      Deno.writeFile = writeFile;
    }
    assert.equal(await Deno.readTextFile(join(folder, "index.html")), "1");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() makes the folders above the site", () =>
  withFolder(async (_, outer) => {
    const folder = join(outer, "a/b/public");
    await replace(folder, siteOf({ "index.html": "1" }));
    assert.deepEqual(await namesIn(join(outer, "a/b")), ["public"]);
  }));

Deno.test("publishedIn() lets signatures lie in a site, and replaceSite() takes them away with it", () =>
  withFolder(async (folder) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    await Deno.writeTextFile(join(folder, "site.intoto.jsonl"), "{}\n");
    assert.equal((await publishedIn(folder)).kind, "site");
    await replace(folder, siteOf({ "index.html": "2" }));
    assert.deepEqual(await namesIn(folder), ["index.html", "manifest.json"]);
  }));

Deno.test("replaceSite() takes the place of a site that a desktop has shown", () =>
  withFolder(async (folder) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    await Deno.writeTextFile(join(folder, ".DS_Store"), "");
    assert.equal((await publishedIn(folder)).kind, "site");
    await replace(folder, siteOf({ "index.html": "2" }));
    assert.deepEqual(await namesIn(folder), ["index.html", "manifest.json"]);
  }));

Deno.test("replaceSite() leaves the old site where a file has come into it since it was looked at", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    const before = await publishedIn(folder);
    await Deno.writeTextFile(join(folder, "mine.txt"), "mine");
    await assert.rejects(
      replaceSite(folder, siteOf({ "index.html": "2" }), before),
      /: "mine\.txt" is there and is not part of the site; move it away, /,
    );
    assert.deepEqual(await namesIn(folder), [
      "index.html",
      "manifest.json",
      "mine.txt",
    ]);
    assert.equal(await Deno.readTextFile(join(folder, "index.html")), "1");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() keeps the old site where something else comes in its place meanwhile", () =>
  withFolder(async (folder, outer) => {
    await replace(folder, siteOf({ "index.html": "1" }));
    const before = await publishedIn(folder);
    const old = join(outer, ".public.shiftline-old");
    const rename = Deno.rename;
    Deno.rename = async (from, to) => {
      await rename(from, to);
      if (from !== folder) return;
      await Deno.mkdir(folder);
      await Deno.writeTextFile(join(folder, "mine.txt"), "mine");
    };
    try {
      await assert.rejects(
        replaceSite(folder, siteOf({ "index.html": "2" }), before),
        {
          message:
            `Cannot publish to "${folder}": something else is in its place; move it away and publish again; the site that was there is kept in "${old}"`,
        },
      );
    } finally {
      Deno.rename = rename;
    }
    const kept = () => Deno.readTextFile(join(old, "index.html"));
    assert.equal(await kept(), "1");
    await assert.rejects(publishedIn(folder), /it holds "mine\.txt"/);
    assert.equal(await kept(), "1");
    await Deno.remove(folder, { recursive: true });
    assert.equal((await publishedIn(folder)).kind, "site");
    assert.deepEqual(await namesIn(outer), ["public"]);
  }));

Deno.test("replaceSite() writes the folder that a link leads to", () =>
  withFolder(async (folder, outer) => {
    await Deno.mkdir(join(outer, "real"));
    await Deno.symlink(join(outer, "real"), folder);
    for (const text of ["1", "2"]) {
      await replace(folder, siteOf({ "index.html": text }));
      assert.ok((await Deno.lstat(folder)).isSymlink);
      const there = join(outer, "real", "index.html");
      assert.equal(await Deno.readTextFile(there), text);
    }
    assert.deepEqual(await namesIn(outer), ["public", "real"]);
  }));
