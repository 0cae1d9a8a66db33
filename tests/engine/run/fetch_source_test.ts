import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { SourceUnavailableError } from "../../../engine/define/error.ts";
import { sourceFetcher } from "../../../engine/run/fetch_source.ts";
import { digestOf } from "../../../engine/define/hash.ts";
import { mirrorPathOf, type Source } from "../../../engine/define/source.ts";
import { openStore } from "../../../engine/store/store.ts";
import { serveFiles } from "../file_server.ts";
import { endless, head, hostileServer } from "../hostile_server.ts";

const { signal } = new AbortController();
const bytes = new TextEncoder().encode("a,b\n1,2\n");
const patience = { total: 10_000, answer: 5000, stall: 5000, pauses: [1] };

function sourceAt(origin: string, path = "/table.csv"): Source {
  return { url: origin + path, sha256: digestOf(bytes), title: "A table" };
}

/** A folder that is gone after the test. */
async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "mirror-" });
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

async function put(mirror: string, source: Source, content = bytes) {
  const file = join(mirror, mirrorPathOf(source));
  await Deno.mkdir(dirname(file), { recursive: true });
  await Deno.writeFile(file, content);
  return file;
}

const elsewhere = "https://example.org"; // which tests may not reach

Deno.test("sourceFetcher() downloads what has the right digest", async () => {
  await using server = serveFiles({ "/table.csv": () => new Response(bytes) });
  const fetch = sourceFetcher({});
  assert.deepEqual(await fetch(sourceAt(server.origin), signal), bytes);
});

Deno.test("sourceFetcher() takes the copy in a mirror, and asks no server", async () => {
  await using mirror = await folder();
  await put(mirror.path, sourceAt(elsewhere));
  const fetch = sourceFetcher({ mirror: mirror.path });
  assert.deepEqual(await fetch(sourceAt(elsewhere), signal), bytes);
});

Deno.test("sourceFetcher() downloads what a mirror lacks", async () => {
  await using mirror = await folder();
  await using server = serveFiles({ "/table.csv": () => new Response(bytes) });
  const fetch = sourceFetcher({ mirror: mirror.path });
  assert.deepEqual(await fetch(sourceAt(server.origin), signal), bytes);
});

Deno.test("sourceFetcher() refuses a wrong copy in a mirror, naming file and digests", async () => {
  await using mirror = await folder();
  const wrong = new TextEncoder().encode("<html>");
  const file = await put(mirror.path, sourceAt(elsewhere), wrong);
  await assert.rejects(
    sourceFetcher({ mirror: mirror.path })(sourceAt(elsewhere), signal),
    {
      name: "Error",
      message:
        `Cannot use "${file}" of the mirror as "A table": its SHA-256 is ${
          digestOf(wrong)
        } and should be ${digestOf(bytes)}; replace or remove it`,
    },
  );
});

Deno.test("sourceFetcher() says what it cannot read in a mirror", async () => {
  await using mirror = await folder();
  const file = join(mirror.path, mirrorPathOf(sourceAt(elsewhere)));
  await Deno.mkdir(file, { recursive: true });
  await assert.rejects(
    sourceFetcher({ mirror: mirror.path })(sourceAt(elsewhere), signal),
    (error: Error) =>
      error.message.startsWith(`Cannot read "${file}" of the mirror: `),
  );
});

Deno.test("sourceFetcher() takes what is in the store, though record and key are others", async () => {
  await using place = await folder();
  const store = await openStore(place.path);
  await store.putObject(bytes);
  const fetch = sourceFetcher({ store });
  assert.deepEqual(await fetch(sourceAt(elsewhere), signal), bytes);
});

Deno.test("sourceFetcher() fetches again what is damaged in the store", async () => {
  await using place = await folder();
  await using server = serveFiles({ "/table.csv": () => new Response(bytes) });
  const store = await openStore(place.path);
  const digest = await store.putObject(bytes);
  const object = join(place.path, "objects", digest.slice(0, 2), digest);
  await Deno.writeTextFile(object, "garbage!");
  const fetch = sourceFetcher({ store });
  assert.deepEqual(await fetch(sourceAt(server.origin), signal), bytes);
});

Deno.test("sourceFetcher() says of what cannot be had in one line what and how to get it", async () => {
  await using server = serveFiles({});
  const source = sourceAt(server.origin, "/results/v2.csv");
  await assert.rejects(sourceFetcher({ patience })(source, signal), (error) => {
    assert.ok(error instanceof SourceUnavailableError);
    assert.equal(
      error.message,
      `Cannot fetch "A table" from ${server.origin}/results/v2.csv (SHA-256 ${
        digestOf(bytes)
      }): the server answers 404; put a copy at ${
        server.origin.slice("http://".length)
      }/results/v2.csv in a folder and name the folder with --mirror or SHIFTLINE_MIRROR, or make that folder with "deno task fetch" on another machine`,
    );
    return true;
  });
});

Deno.test("sourceFetcher() refuses a download with another digest", async () => {
  await using server = serveFiles({
    "/table.csv": () => new Response("changed"),
  });
  const found = digestOf(new TextEncoder().encode("changed"));
  await assert.rejects(
    sourceFetcher({ patience })(sourceAt(server.origin), signal),
    (error: Error) =>
      error instanceof SourceUnavailableError &&
      error.message.includes(
        `: the server sent a file with SHA-256 ${found}; `,
      ),
  );
});

Deno.test("sourceFetcher() takes by git's id the file that has it, from a server and from a mirror, and no other", async () => {
  // What `git hash-object` says of these bytes.
  const gitBlob = "cfa20f81071245f292f0b52b37beb7adf9259a26";
  const pinned = (origin: string, path: string): Source => ({
    url: origin + path,
    gitBlob,
    title: "A table",
  });
  await using mirror = await folder();
  await using server = serveFiles({
    "/table.csv": () => new Response(bytes),
    "/wrong.csv": () => new Response("changed"),
  });
  await using place = await folder();
  const store = await openStore(place.path);
  await store.putObject(bytes);
  const fetch = sourceFetcher({ mirror: mirror.path, store, patience });
  const table = pinned(server.origin, "/table.csv");
  assert.deepEqual(await fetch(table, signal), bytes);
  const wrong = pinned(server.origin, "/wrong.csv");
  const found = "21fb1eca31e64cd3914025058b21992ab76edcf9";
  await assert.rejects(fetch(wrong, signal), {
    name: "SourceUnavailableError",
    message: RegExp(
      `\\(git blob id ${gitBlob}\\): the server sent a file with git blob id ${found}; put a copy`,
    ),
  });
  const copied = pinned(elsewhere, "/table.csv");
  const file = await put(mirror.path, copied);
  assert.deepEqual(await fetch(copied, signal), bytes);
  await put(mirror.path, copied, new TextEncoder().encode("changed"));
  await assert.rejects(fetch(copied, signal), {
    message:
      `Cannot use "${file}" of the mirror as "A table": its git blob id is ${found} and should be ${gitBlob}; replace or remove it`,
  });
});

Deno.test("sourceFetcher() does not ask a silent host again", async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  await using server = serveFiles({ "/a": () => promise, "/b": () => promise });
  const fetch = sourceFetcher({
    patience: { ...patience, answer: 20, pauses: [] },
  });
  for (const path of ["/a", "/b"]) {
    await assert.rejects(
      fetch(sourceAt(server.origin, path), signal),
      {
        message: /: no answer in time; put a copy at /,
        silence: `${new URL(server.origin).host}: no answer in time`,
      },
    );
  }
  assert.deepEqual(server.requests, ["/a"]);
  resolve(new Response(""));
});

Deno.test("sourceFetcher() gives up on a host that sends a byte now and then", async () => {
  await using server = hostileServer(async (write) => {
    await write(head("content-length: 8"));
    await endless(write, { piece: new Uint8Array(1), pause: 40 });
  });
  const fetch = sourceFetcher({
    patience: { total: 100, answer: 5000, stall: 100, pauses: [] },
  });
  await assert.rejects(
    fetch(sourceAt(server.origin), signal),
    /: the server (is too slow|stopped sending); put a copy at /,
  );
});

Deno.test("sourceFetcher() says when the permissions leave out a host", async () => {
  await assert.rejects(sourceFetcher({})(sourceAt(elsewhere), signal), {
    name: "Error",
    message:
      'Cannot fetch "A table" from https://example.org/table.csv: the permissions in deno.json do not include its host',
  });
});

Deno.test("sourceFetcher() refuses a source that is none", async () => {
  const source = { ...sourceAt(elsewhere), url: "http://example.org/a" };
  await assert.rejects(sourceFetcher({})(source, signal), {
    name: "TypeError",
    message:
      'Cannot use source "A table": its address "http://example.org/a" does not start with https:',
  });
});

Deno.test("sourceFetcher() reads a file of one's own, and refuses one that has changed or gone", async () => {
  await using own = await folder();
  const file = join(own.path, "table.csv");
  const source = { ...sourceAt(""), url: pathToFileURL(file).href };
  const fetch = sourceFetcher({});
  await Deno.writeFile(file, bytes);
  assert.deepEqual(await fetch(source, signal), bytes);
  await Deno.writeFile(file, new Uint8Array(3));
  await assert.rejects(fetch(source, signal), {
    message:
      'Cannot read "A table": it has changed since the command began; run the command again',
  });
  await Deno.remove(file);
  await assert.rejects(fetch(source, signal), {
    message:
      'Cannot read "A table": it is no longer there; run the command again',
  });
});
