import assert from "node:assert/strict";
import { join } from "node:path";
import { siteHandler } from "../../../publishing/preview/serve_site.ts";
import { STRANGERS } from "../../strangers.ts";

/** A site in a folder, a secret beside it, and a handler of requests for it. */
async function served() {
  const outer = await Deno.makeTempDir({ prefix: "cli-site-" });
  const folder = join(outer, "site");
  await Deno.mkdir(join(folder, "toy-line"), { recursive: true });
  const files = {
    "../secret.txt": "secret",
    "index.html": "<p>start",
    "style.css": "p {}",
    "data.csv": "a,b",
    ".written.json": "{}",
    "toy-line/index.html": "<p>line",
    "toy-line/figure 1.svg": "<svg/>",
  };
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, path), text);
  }
  await Deno.symlink(join(outer, "secret.txt"), join(folder, "link.txt"));
  const handler = siteHandler(folder);
  return {
    folder,
    get: (path: string, init?: RequestInit) =>
      handler(new Request(`http://127.0.0.1${path}`, init)),
    [Symbol.asyncDispose]: () => Deno.remove(outer, { recursive: true }),
  };
}

for (
  const [path, type, text] of [
    ["/", "text/html; charset=utf-8", "<p>start"],
    ["/style.css", "text/css; charset=utf-8", "p {}"],
    ["/data.csv", "text/csv; charset=utf-8", "a,b"],
    ["/toy-line/", "text/html; charset=utf-8", "<p>line"],
    [
      "/toy-line/figure%201.svg?x=1",
      "image/svg+xml; charset=utf-8",
      "<svg/>",
    ],
  ] as const
) {
  Deno.test(`siteHandler() serves ${path} as ${type}`, async () => {
    await using site = await served();
    const response = await site.get(path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), type);
    assert.equal(await response.text(), text);
  });
}

for (
  const path of [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/toy-line/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/index.html%00.css",
    "/link.txt",
    "/.written.json",
    "/%",
    "/nothing",
  ]
) {
  Deno.test(`siteHandler() answers ${path} with 404`, async () => {
    await using site = await served();
    const response = await site.get(path);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /There is no such page/);
  });
}

for (const [kind, put] of Object.entries(STRANGERS)) {
  Deno.test(`siteHandler() opens no ${kind} in the place of a page`, async () => {
    await using site = await served();
    put(join(site.folder, "toy-line/index.html"));
    put(join(site.folder, "404.html"));
    const response = await site.get("/toy-line/");
    assert.equal(response.status, 404);
    assert.match(await response.text(), /There is no such page/);
  });
}

Deno.test("siteHandler() shows the site's own page for what is not there", async () => {
  await using site = await served();
  await Deno.writeTextFile(join(site.folder, "404.html"), "<p>lost");
  const response = await site.get("/nothing");
  assert.deepEqual([response.status, await response.text()], [404, "<p>lost"]);
});

Deno.test("siteHandler() sends a folder without slash to the one with it", async () => {
  await using site = await served();
  const response = await site.get("/toy-line?a=b");
  assert.equal(response.status, 308);
  assert.equal(response.headers.get("location"), "/toy-line/?a=b");
});

Deno.test("siteHandler() refuses to be written to", async () => {
  await using site = await served();
  const response = await site.get("/", { method: "POST" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET, HEAD");
});

Deno.test("siteHandler() answers HEAD without a body", async () => {
  await using site = await served();
  const response = await site.get("/", { method: "HEAD" });
  assert.equal(response.headers.get("content-length"), "8");
  assert.equal(await response.text(), "");
});
