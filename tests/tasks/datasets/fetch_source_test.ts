import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { graphOf } from "../../../engine/run/graph.ts";
import { digestOf } from "../../../engine/define/hash.ts";
import { mirrorPathOf, type Source } from "../../../engine/define/source.ts";
import { sourcesOf } from "../../../engine/history/sources_of.ts";
import { fetchSource } from "../../../tasks/datasets/fetch_source.ts";
import { serveFiles } from "../../engine/file_server.ts";
import { toyPipeline, toyProject } from "../../engine/toy_project.ts";

const bytes = new TextEncoder().encode("a,b\n1,2\n");
const sourceAt = (origin: string): Source => ({
  url: `${origin}/table.csv`,
  sha256: digestOf(bytes),
  title: "A table",
});
const pipelineOf = (source: Source, label?: string) =>
  toyPipeline("table", () => fetchSource({ source }, label));

Deno.test("fetchSource() fetches once and never again, not even by force or under another name", async () => {
  await using server = serveFiles({ "/table.csv": () => new Response(bytes) });
  await using project = await toyProject();
  const source = sourceAt(server.origin);
  const [first] = await project.reproduce([pipelineOf(source)]);
  assert.deepEqual(first?.output, { kind: "value", value: bytes });
  await project.reproduce([pipelineOf(source)]);
  await project.reproduce([pipelineOf(source)], {
    force: new Set(["fetchSource"]),
  });
  const renamed = { ...source, title: "The same table" };
  const [last] = await project.reproduce([pipelineOf(renamed, "again")]);
  assert.deepEqual(last?.output, { kind: "value", value: bytes });
  assert.deepEqual(server.requests, ["/table.csv"]);
});

Deno.test("fetchSource() fetches what is known by git's id once, too", async () => {
  await using server = serveFiles({ "/table.csv": () => new Response(bytes) });
  await using project = await toyProject();
  const pipeline = pipelineOf({
    url: `${server.origin}/table.csv`,
    gitBlob: "cfa20f81071245f292f0b52b37beb7adf9259a26",
    title: "A table",
  });
  await project.reproduce([pipeline]);
  const [again] = await project.reproduce([pipeline]);
  assert.deepEqual(again?.output, { kind: "value", value: bytes });
  assert.deepEqual(server.requests, ["/table.csv"]);
  const sources = sourcesOf(graphOf(pipeline.build("smoke")));
  assert.equal(sources.length, 1);
});

Deno.test("fetchSource() has one key with and without a mirror", async () => {
  const mirror = await Deno.makeTempDir({ prefix: "mirror-" });
  const source = sourceAt("https://example.org"); // which tests may not reach
  const file = join(mirror, mirrorPathOf(source));
  await Deno.mkdir(dirname(file), { recursive: true });
  await Deno.writeFile(file, bytes);
  await using project = await toyProject(mirror);
  await project.reproduce([pipelineOf(source)]);
  await Deno.remove(mirror, { recursive: true });
  const planned = await (await project.open())
    .open(pipelineOf(source), "smoke").plan(new Set());
  assert.deepEqual(planned.map(({ state }) => state), ["cached"]);
  assert.doesNotMatch(JSON.stringify(planned[0]?.key), /mirror-/);
});

Deno.test("fetchSource() fetches again what is damaged in the store", async () => {
  await using server = serveFiles({ "/table.csv": () => new Response(bytes) });
  await using project = await toyProject();
  const source = sourceAt(server.origin);
  await project.reproduce([pipelineOf(source)]);
  const { sha256 = "" } = source;
  const object = join(project.store, "objects", sha256.slice(0, 2), sha256);
  await Deno.writeTextFile(object, "garbage!");
  const [again] = await project.reproduce([pipelineOf(source)]);
  assert.deepEqual(again?.output, { kind: "value", value: bytes });
  assert.equal(server.requests.length, 2);
});

Deno.test("sourcesOf() lists the sources that a graph fetches", () => {
  const source = sourceAt("https://example.org");
  const other = { ...source, url: "https://example.org/other.csv" };
  const graph = graphOf([
    fetchSource({ source }, "a"),
    fetchSource({ source: other }, "b"),
  ]);
  assert.deepEqual(sourcesOf(graph), [source, other]);
  assert.deepEqual(sourcesOf(graphOf([])), []);
});
