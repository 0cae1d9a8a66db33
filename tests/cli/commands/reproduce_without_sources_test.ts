import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../engine/define/hash.ts";
import type { Source } from "../../../engine/define/source.ts";
import { type FileServer, serveFiles } from "../../engine/file_server.ts";
import { gone, TABLE } from "../gone_source.ts";
import { on, rig } from "../rig.ts";
import { tabular, training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

/** A source that a server answers not to have, which is not asked for twice. */
function lacking({ origin }: FileServer, file: string): Source {
  return {
    url: `${origin}/${file}`,
    sha256: digestOf(TABLE),
    title: `Table ${file}`,
  };
}

/** Puts a copy of a table into a mirror folder. */
async function mirror(folder: string, { url }: Source): Promise<void> {
  const { host, pathname } = new URL(url);
  await Deno.mkdir(join(folder, host), { recursive: true });
  await Deno.writeFile(join(folder, host, pathname), TABLE);
}

Deno.test("reproduce() completes all else without a source, and says at the end how to get it", async () => {
  await using t = await rig();
  await using server = serveFiles({});
  const source = lacking(server, "v2.csv");
  const pipelines = [tabular([source]), training("toy-line")];
  const { code, stdout, stderr } = await t.run(on("reproduce"), { pipelines });
  assert.equal(code, 0);
  const { host } = new URL(source.url);
  assert.equal(
    stderr,
    `Without published files: toy-table. Cannot fetch "Table v2.csv" from ${source.url} (SHA-256 ${source.sha256}): the server answers 404; put a copy at ${host}/v2.csv in a folder and name the folder with --mirror or SHIFTLINE_MIRROR, or make that folder with "deno task fetch" on another machine\n`,
  );
  assert.match(
    stdout,
    /fail {2}fetchSource\/0 of toy-table: Cannot fetch "Table v2\.csv" from /,
  );
  assert.match(stdout, /toy-line at profile default: 3 ran/);
  assert.equal(
    await Deno.readTextFile(join(t.folder, "site/toy-table/index.html")),
    "<p>fetchSource/0 is unavailable",
  );
});

Deno.test("reproduce() of other pipelines does not call one old that lacks a source and nothing else", async () => {
  await using t = await rig();
  await using server = serveFiles({});
  const pipelines = (size: number) => [
    tabular([lacking(server, "v2.csv")]),
    training("toy-line", { size }),
  ];
  await t.run(on("reproduce"), { pipelines: pipelines(3) });
  const again = await t.run(on("reproduce", "toy-line"), {
    pipelines: pipelines(4),
  });
  assert.match(again.stdout, /See site\/index\.html \([^\n]*\)\n$/);
  const page = join(t.folder, "site/toy-table/index.html");
  assert.match(await Deno.readTextFile(page), /fetchSource\/0 is unavailable/);
  // What would run is another thing than what cannot be had.
  const changed = await t.run(on("reproduce", "toy-table"), {
    pipelines: [
      tabular([lacking(server, "v2.csv")]),
      training("toy-line", { size: 5 }),
    ],
  });
  assert.match(changed.stdout, /Left as they were, with their date: toy-line /);
});

test.inFull("reproduce() says of a source that several pipelines lack one line", async () => {
  await using t = await rig();
  const source = gone("v2.csv");
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines: [
      tabular([source], { name: "toy-a" }),
      tabular([source], { name: "toy-b" }),
    ],
  });
  assert.equal(code, 0);
  assert.match(stderr, /^Without published files: toy-a and toy-b\. [^\n]*\n$/);
});

Deno.test("reproduce() exits with 1 without a source only if the pipeline cannot do without, named or not", async () => {
  await using server = serveFiles({});
  for (const names of [["toy-table"], []]) {
    for (const canDoWithout of [true, false]) {
      await using t = await rig();
      const source = lacking(server, "v2.csv");
      const { code, stderr } = await t.run(on("reproduce", ...names), {
        pipelines: [tabular([source], { canDoWithout })],
      });
      assert.equal(code, canDoWithout ? 0 : 1);
      assert.match(
        stderr,
        /^Without published files: toy-table\. Cannot fetch /,
      );
    }
  }
});

test.inFull("reproduce() exits with 1 if a stage fails besides a missing source", async () => {
  await using t = await rig();
  await using server = serveFiles({});
  const { code, stderr } = await t.run(on("reproduce"), {
    pipelines: [
      tabular([lacking(server, "v2.csv")]),
      training("toy-line", { fails: true }),
    ],
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot complete stage "train\/toy-line": .*\n {2}because: .*\nWithout published files: toy-table\. .*\n$/,
  );
});

test.inFull("reproduce() without a source removes pages of an earlier site only if nothing else is missing", async () => {
  await using t = await rig();
  await using server = serveFiles({});
  const old = join(t.folder, "site/toy-line/index.html");
  await t.run(on("reproduce"), { pipelines: [training("toy-line")] });
  const source = lacking(server, "v2.csv");
  await t.run(on("reproduce"), {
    pipelines: [tabular([source], { canDoWithout: false }), training("toy-b")],
  });
  await Deno.stat(old);
  await t.run(on("reproduce"), {
    pipelines: [tabular([source]), training("toy-b")],
  });
  await assert.rejects(Deno.stat(old), Deno.errors.NotFound);
});

for (const how of ["--mirror", "SHIFTLINE_MIRROR"]) {
  test.inFull(`reproduce() takes sources from the folder of ${how}, and once it has them needs no folder`, async () => {
    await using t = await rig();
    const source = gone("v2.csv");
    await mirror(join(t.folder, "copies"), source);
    const pipelines = [tabular([source])];
    const { code, stderr } = await t.run(
      on("reproduce", ...(how === "--mirror" ? [how, "copies"] : [])),
      {
        pipelines,
        // The command line wins.
        mirror: how === "--mirror" ? "nowhere" : "copies",
      },
    );
    assert.deepEqual([code, stderr], [0, ""]);
    const page = join(t.folder, "site/toy-table/index.html");
    assert.equal(await Deno.readTextFile(page), "<p>a,b");
    const again = await t.run(on("reproduce"), { pipelines, mirror: "" });
    assert.deepEqual([again.code, again.stderr], [0, ""]);
    assert.match(again.stdout, /is up to date/);
  });
}

Deno.test("reproduce() exits with 1 for a wrong copy in the mirror", async () => {
  await using t = await rig();
  const source = { ...gone("v2.csv"), sha256: "0".repeat(64) };
  await mirror(join(t.folder, "copies"), source);
  const { code, stderr } = await t.run(
    on("reproduce", "--mirror", "copies"),
    { pipelines: [tabular([source])] },
  );
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot complete stage "fetchSource\/0": Cannot use ".*v2\.csv" of the mirror as "Table v2\.csv": its SHA-256 is [0-9a-f]{64} and should be 0{64}; replace or remove it\n$/,
  );
  assert.equal(
    await Deno.readTextFile(join(t.folder, "site/toy-table/index.html")),
    "<p>fetchSource/0 is failed",
  );
});
