import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../engine/define/hash.ts";
import type { Source } from "../../../engine/define/source.ts";
import { serveFiles } from "../../engine/file_server.ts";
import { rig } from "../rig.ts";
import { tabular, training } from "../toy_pipelines.ts";
import { test } from "../../full.ts";

const TABLE = new TextEncoder().encode("a,b\n1,2\n");

function sourceAt(origin: string, file = "v2.csv"): Source {
  return {
    url: `${origin}/results/${file}`,
    sha256: digestOf(TABLE),
    title: `Table ${file}`,
  };
}

Deno.test("fetchSources() fills a folder by host and path, and says so", async () => {
  await using t = await rig();
  await using server = serveFiles({
    "/results/v2.csv": () => new Response(TABLE),
    "/results/sketch.csv": () => new Response(TABLE),
  });
  const { host } = new URL(server.origin);
  const pipelines = [
    tabular([sourceAt(server.origin), sourceAt(server.origin, "sketch.csv")]),
    tabular([sourceAt(server.origin)], { name: "toy-other" }),
    training(),
  ];
  const { code, stdout, stderr } = await t.run(["fetch"], { pipelines });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    stdout,
    `8 B: ${host}/results/sketch.csv\n` +
      `8 B: ${host}/results/v2.csv\n` +
      "All are in mirror; elsewhere: deno task reproduce --mirror mirror\n",
  );
  const file = join(t.folder, "mirror", host, "results/v2.csv");
  assert.deepEqual(await Deno.readFile(file), TABLE);
  assert.equal(server.requests.length, 2);
  // What it made is a mirror.
  const { code: offline } = await t.run(
    [
      ...["reproduce", "toy-table", "--mirror", "mirror"],
      ...["--store", "store", "--site", "site"],
    ],
    { pipelines },
  );
  assert.equal(offline, 0);
  assert.equal(server.requests.length, 2);
});

Deno.test("fetchSources() passes over files of one's own", async () => {
  await using t = await rig();
  const own = { ...sourceAt(""), url: "file:///data/own.csv" };
  const { code, stdout } = await t.run(["fetch"], {
    pipelines: [tabular([own])],
  });
  assert.equal(code, 0);
  assert.equal(stdout, "These pipelines need no published files\n");
});

Deno.test("fetchSources() leaves what is right, and mends what is wrong", async () => {
  await using t = await rig();
  await using server = serveFiles({
    "/results/v2.csv": () => new Response(TABLE),
    "/results/sketch.csv": () => new Response(TABLE),
  });
  const { host } = new URL(server.origin);
  const pipelines = [
    tabular([sourceAt(server.origin), sourceAt(server.origin, "sketch.csv")]),
  ];
  await t.run(["fetch", "--to", "my copies"], { pipelines });
  const file = join(t.folder, "my copies", host, "results/v2.csv");
  await Deno.writeTextFile(file, "half");
  const { code, stdout } = await t.run(["fetch", "--to", "my copies"], {
    pipelines,
  });
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `there already: ${host}/results/sketch.csv\n` +
      `8 B: ${host}/results/v2.csv\n` +
      "All are in my copies; elsewhere: deno task reproduce --mirror 'my copies'\n",
  );
  assert.deepEqual(await Deno.readFile(file), TABLE);
});

test.inFull("fetchSources() takes copies from another mirror", async () => {
  await using t = await rig();
  const pipelines = [tabular([sourceAt("https://example.org")])];
  const folder = join(t.folder, "copies/example.org/results");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(join(folder, "v2.csv"), TABLE);
  const { code } = await t.run(
    ["fetch", "toy-table", "--to", "new", "--mirror", "copies"],
    { pipelines },
  );
  assert.equal(code, 0);
  assert.deepEqual(
    await Deno.readFile(join(t.folder, "new/example.org/results/v2.csv")),
    TABLE,
  );
});

Deno.test("fetchSources() says of each file that it cannot get one line, and exits with 1", async () => {
  await using t = await rig();
  await using server = serveFiles({
    "/results/v2.csv": () => new Response(TABLE),
  });
  const pipelines = [
    tabular([sourceAt(server.origin, "none.csv"), sourceAt(server.origin)]),
    tabular([sourceAt(server.origin, "neither.csv")], { name: "toy-other" }),
  ];
  const { code, stdout, stderr } = await t.run(["fetch"], { pipelines });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot fetch "Table neither\.csv" from [^\n]*: the server answers 404; [^\n]*\nCannot fetch "Table none\.csv" from [^\n]*\n$/,
  );
  assert.match(stdout, /^8 B: .*v2\.csv\nNot all are in mirror\n$/);
});

test.inFull("fetchSources() says once that a host does not answer", async () => {
  await using t = await rig();
  const server = serveFiles({});
  const { origin } = server;
  await server[Symbol.asyncDispose]();
  const { code, stderr } = await t.run(["fetch"], {
    pipelines: [tabular([sourceAt(origin, "a.csv"), sourceAt(origin)])],
  });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Cannot fetch 2 files from 127\.0\.0\.1:\d+: no connection [^\n]*; run this where there is a connection, and copy the folder\n$/,
  );
});

Deno.test("fetchSources() says that it cannot write", async () => {
  await using t = await rig();
  await using server = serveFiles({
    "/results/v2.csv": () => new Response(TABLE),
  });
  await Deno.mkdir(join(t.folder, "mirror"));
  const { host } = new URL(server.origin);
  await Deno.writeTextFile(join(t.folder, "mirror", host), "a file");
  const { code, stderr } = await t.run(["fetch"], {
    pipelines: [tabular([sourceAt(server.origin)])],
  });
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot write ".*mirror\/.*v2\.csv": [^\n]*\n$/);
});

Deno.test("fetchSources() says that there is nothing to fetch", async () => {
  await using t = await rig();
  const { code, stdout } = await t.run(["fetch"], { pipelines: [training()] });
  assert.deepEqual([code, stdout], [
    0,
    "These pipelines need no published files\n",
  ]);
});

Deno.test("fetchSources() ends at Ctrl-C", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(["fetch"], {
    pipelines: [tabular([sourceAt("http://127.0.0.1:1")])],
    signal: AbortSignal.abort(),
  });
  assert.deepEqual([code, stderr], [130, "Stopped.\n"]);
});
