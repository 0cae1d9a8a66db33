import assert from "node:assert/strict";
import { download } from "../../../engine/store/download.ts";
import { serveFiles } from "../file_server.ts";

const { signal } = new AbortController();
const patience = { total: 10_000, answer: 5000, stall: 5000, pauses: [1, 1] };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A body that starts and never goes on, until the request is given up. */
function stalled(): Response {
  return new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array([1])),
    }),
  );
}

Deno.test("download() gives the bytes", async () => {
  await using server = serveFiles({ "/a": () => new Response("a,b\n1,2\n") });
  const result = await download(`${server.origin}/a`, { signal });
  assert.ok(result.kind === "bytes");
  assert.equal(text(result.bytes), "a,b\n1,2\n");
});

Deno.test("download() gives the bytes that were compressed on the way", async () => {
  await using server = serveFiles({
    "/a": () =>
      new Response(
        new Blob(["a".repeat(1000)]).stream()
          .pipeThrough(new CompressionStream("gzip")),
        { headers: { "content-encoding": "gzip" } },
      ),
  });
  const result = await download(`${server.origin}/a`, { signal });
  assert.ok(result.kind === "bytes");
  assert.equal(text(result.bytes), "a".repeat(1000));
});

for (const status of [408, 429, 500, 503]) {
  Deno.test(`download() asks again after ${status}`, async () => {
    let asked = 0;
    await using server = serveFiles({
      "/a": () =>
        ++asked < 3 ? new Response("", { status }) : new Response("third"),
    });
    const result = await download(`${server.origin}/a`, { signal, patience });
    assert.ok(result.kind === "bytes");
    assert.equal(text(result.bytes), "third");
  });
}

Deno.test("download() gives up after the last pause", async () => {
  await using server = serveFiles({
    "/a": () => new Response("", { status: 502 }),
  });
  const result = await download(`${server.origin}/a`, { signal, patience });
  assert.deepEqual(result, {
    kind: "failed",
    state: "the server answers 502",
    status: 502,
    isSilent: false,
  });
  assert.equal(server.requests.length, 3);
});

Deno.test("download() does not ask again for what is not there", async () => {
  await using server = serveFiles({});
  const result = await download(`${server.origin}/a`, { signal, patience });
  assert.deepEqual(result, {
    kind: "failed",
    state: "the server answers 404",
    status: 404,
    isSilent: false,
  });
  assert.deepEqual(server.requests, ["/a"]);
});

Deno.test("download() does not follow a redirect", async () => {
  await using server = serveFiles({
    "/a": () => new Response("", { status: 301, headers: { location: "/b" } }),
    "/b": () => new Response("b"),
  });
  const result = await download(`${server.origin}/a`, { signal, patience });
  assert.deepEqual(result, {
    kind: "failed",
    state: "the server answers 301, go to /b",
    status: 301,
    isSilent: false,
  });
});

Deno.test("download() stops at the limit of size", async () => {
  await using server = serveFiles({
    "/a": () => new Response(new Uint8Array(101)),
    "/b": () => new Response(new Uint8Array(100)),
  });
  const options = { signal, limit: 100 };
  assert.deepEqual(await download(`${server.origin}/a`, options), {
    kind: "failed",
    state: "it has more than 100 bytes",
    isSilent: false,
  });
  const { kind } = await download(`${server.origin}/b`, options);
  assert.equal(kind, "bytes");
});

Deno.test("download() asks again when a server stops sending, then gives up", async () => {
  await using server = serveFiles({ "/a": stalled });
  const result = await download(`${server.origin}/a`, {
    signal,
    patience: { ...patience, stall: 20 },
  });
  assert.deepEqual(result, {
    kind: "failed",
    state: "the server stopped sending",
    isSilent: false,
  });
  assert.equal(server.requests.length, 3);
});

Deno.test("download() gives up on a server that does not answer", async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  await using server = serveFiles({ "/a": () => promise });
  const result = await download(`${server.origin}/a`, {
    signal,
    patience: { ...patience, answer: 20, pauses: [] },
  });
  assert.deepEqual(result, {
    kind: "failed",
    state: "no answer in time",
    isSilent: true,
  });
  resolve(new Response(""));
});

Deno.test("download() says that there is no connection, and why", async () => {
  // A port that was free a moment ago.
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const result = await download(`http://127.0.0.1:${port}/a`, {
    signal,
    patience,
  });
  assert.ok(result.kind === "failed" && result.isSilent);
  assert.match(result.state, /^no connection \(tcp connect error: .*refused/i);
});

Deno.test("download() starts no attempt after its total time", async () => {
  await using server = serveFiles({
    "/a": () => new Response("", { status: 500 }),
  });
  await download(`${server.origin}/a`, {
    signal,
    patience: { ...patience, total: 1000, pauses: [2000] },
  });
  assert.deepEqual(server.requests, ["/a"]);
});

Deno.test("download() ends with the reason of its signal, while it reads and while it pauses", async () => {
  const reason = new Error("Cannot go on: interrupted");
  const controllers = [new AbortController(), new AbortController()];
  await using server = serveFiles({
    "/stalled": () => {
      setTimeout(() => controllers[0]?.abort(reason), 0);
      return stalled();
    },
    "/busy": () => {
      setTimeout(() => controllers[1]?.abort(reason), 0);
      return new Response("", { status: 500 });
    },
  });
  for (const [i, path] of ["/stalled", "/busy"].entries()) {
    const signal = controllers[i]?.signal ?? AbortSignal.abort();
    await assert.rejects(
      download(server.origin + path, {
        signal,
        patience: { ...patience, pauses: [60_000], total: 100_000 },
      }),
      reason,
    );
  }
});

Deno.test("download() passes on that Deno may not connect", async () => {
  await assert.rejects(
    download("https://example.org/a", { signal }),
    Deno.errors.NotCapable,
  );
});
