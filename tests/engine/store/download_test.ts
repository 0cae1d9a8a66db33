import assert from "node:assert/strict";
import { download } from "../../../engine/store/download.ts";
import { serveFiles } from "../file_server.ts";
import { endless, head, hostileServer, zeros } from "../hostile_server.ts";

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

Deno.test("download() asks once more where there is no connection, and then gives up", async () => {
  const { fetch } = globalThis;
  let asked = 0;
  globalThis.fetch = () => {
    asked++;
    return Promise.reject(new TypeError("connection refused"));
  };
  try {
    const { kind } = await download("http://127.0.0.1:1/a", {
      signal: AbortSignal.timeout(10_000),
      patience: { ...patience, total: 120_000, pauses: [1, 60_000] },
    });
    assert.equal(kind, "failed");
  } finally {
    globalThis.fetch = fetch;
  }
  assert.equal(asked, 2);
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
  const reason = new Error("Cannot continue: interrupted");
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

/** Ends what comes too slowly after some tenths of a second. */
const SOON = { total: 300, answer: 5000, stall: 200, pauses: [] };

Deno.test("download() gives up on a server that sends a byte now and then", async () => {
  const piece = new Uint8Array(1);
  await using server = hostileServer(async (write) => {
    await write(head("content-length: 1000"));
    await endless(write, { piece, pause: 5 });
  });
  const result = await download(server.origin, {
    signal,
    patience: { ...SOON, total: 5000 },
  });
  assert.ok(result.kind === "failed" && !result.isSilent);
  // The second where this machine is busy.
  assert.match(result.state, /^the server (is too slow|stopped sending)$/);
});

Deno.test("download() gives up on a server that sends enough not to be silent, and would never be done", async () => {
  // Some 2,500 bytes in each 200 ms: twelve times the least, a quarter of the mean.
  const piece = new Uint8Array(100);
  await using server = hostileServer(async (write) => {
    await write(head("content-length: 50000"));
    await endless(write, { piece, pause: 8 });
  });
  const result = await download(server.origin, { signal, patience: SOON });
  assert.ok(result.kind === "failed" && !result.isSilent);
  // The second where this machine is busy.
  assert.match(result.state, /^the server (is too slow|stopped sending)$/);
});

Deno.test("download() gives up on a server that sends headers without end", async () => {
  await using server = hostileServer(async (write) => {
    await write("HTTP/1.1 200 OK\r\n");
    await endless(write, { piece: new TextEncoder().encode("a: b\r\n") });
  });
  const result = await download(server.origin, {
    signal,
    patience: { ...SOON, answer: 100 },
  });
  assert.equal(result.kind, "failed");
});

for (
  const [what, headers] of [
    ["says so", ["content-length: 1000000000000"]],
    ["says nothing of it", []],
    ["says less", ["content-length: 10", "connection: close"]],
  ] as const
) {
  Deno.test(`download() takes no more than its limit of an endless body that ${what}`, async () => {
    const limit = 2 ** 16;
    let sent = 0;
    await using server = hostileServer(async (write) => {
      await write(head(...headers));
      const piece = new Uint8Array(2 ** 16);
      // So that a client without limit comes to an end, too.
      for (sent = 0; sent < 2 ** 27; sent += piece.length) await write(piece);
    });
    const result = await download(server.origin, { signal, limit, patience });
    const { kind } = result;
    assert.equal(kind, what === "says less" ? "bytes" : "failed");
    if (result.kind === "bytes") assert.equal(result.bytes.length, 10);
    else assert.equal(result.state, "it has more than 65536 bytes");
    assert.ok(sent < 2 ** 26, `${sent} bytes`); // what the kernel holds
  });
}

Deno.test("download() takes pieces of every size, whatever the server says of the whole", async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  for (const length of [[], [`content-length: ${bytes.length}`]]) {
    await using server = hostileServer(async (write) => {
      await write(head(...length, "connection: close"));
      for (let [at, size] = [0, 1]; at < bytes.length; at += size, size *= 3) {
        await write(bytes.subarray(at, at + size));
      }
    });
    for (const limit of [bytes.length, 2 * bytes.length]) {
      const result = await download(server.origin, { signal, limit });
      assert.deepEqual(result, { kind: "bytes", bytes });
    }
  }
});

Deno.test("download() says that a body broke off before its end", async () => {
  await using server = hostileServer(async (write) => {
    await write(`${head("content-length: 100")}abc`);
  });
  const result = await download(server.origin, { signal, patience });
  assert.deepEqual(result, {
    kind: "failed",
    state: "the connection broke in the middle of it",
    isSilent: false,
  });
  assert.equal(server.requests.length, 3);
});

for (const encoding of ["gzip", "deflate", "br", "gzip, gzip"]) {
  Deno.test(`download() asks for plain bytes, and takes none that come as ${encoding}`, async () => {
    const bomb = await zeros(2 ** 24);
    await using server = hostileServer(async (write) => {
      await write(
        head(`content-encoding: ${encoding}`, `content-length: ${bomb.length}`),
      );
      await write(bomb);
    });
    const options = { signal, limit: 2 ** 20, plain: true };
    assert.deepEqual(await download(server.origin, options), {
      kind: "failed",
      state: `it is encoded as ${encoding}, which was not asked for`,
      isSilent: false,
    });
    assert.match(server.requests[0] ?? "", /^accept-encoding: identity\r$/m);
  });
}

Deno.test("download() holds what was compressed to its limit", async () => {
  const bomb = await zeros(2 ** 24);
  await using server = hostileServer(async (write) => {
    await write(
      head("content-encoding: gzip", `content-length: ${bomb.length}`),
    );
    await write(bomb);
  });
  assert.deepEqual(await download(server.origin, { signal, limit: 2 ** 20 }), {
    kind: "failed",
    state: "it has more than 1048576 bytes",
    isSilent: false,
  });
});

for (
  const [location, state] of [
    ["file:///etc/passwd", "the server answers 302"],
    ["data:,x", "the server answers 302"],
    ["javascript:alert(1)", "the server answers 302"],
    ["ftp://example.org/", "the server answers 302"],
    [
      "https://example.org/a",
      "the server answers 302, go to https://example.org/a",
    ],
    ["/\x9b31mred", "the server answers 302, go to /?31mred"],
  ] as const
) {
  Deno.test(`download() says where a redirect leads only to the web: ${JSON.stringify(location)}`, async () => {
    await using server = hostileServer(async (write) => {
      const text =
        `HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`;
      // One byte a character, as headers are.
      await write(Uint8Array.from(text, (c) => c.charCodeAt(0)));
    });
    const result = await download(server.origin, { signal, patience });
    assert.deepEqual(result, {
      kind: "failed",
      state,
      status: 302,
      isSilent: false,
    });
  });
}
