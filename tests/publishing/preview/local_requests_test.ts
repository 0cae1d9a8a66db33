/** The preview behind a server on 127.0.0.1, asked by clients that say what they like. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { liveSite } from "../../../publishing/preview/live_site.ts";
import { localRequests } from "../../../publishing/preview/local_requests.ts";
import { EVENTS } from "../../../publishing/preview/reload_script.ts";

interface Heard {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** A preview of a small site. */
async function served(
  change: (
    handler: (request: Request) => Promise<Response>,
  ) => (request: Request) => Promise<Response> = (handler) => handler,
) {
  const folder = await Deno.makeTempDir({ prefix: "preview-" });
  await Deno.mkdir(join(folder, "theory"));
  await Deno.writeTextFile(join(folder, "index.html"), "<p>start");
  await Deno.writeTextFile(join(folder, "theory/index.html"), "<p>theory");
  const live = liveSite(folder);
  const errors: unknown[] = [];
  const handler = localRequests(change(live.handler), {
    onError: (error) => errors.push(error),
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    handler,
  );
  const { port } = server.addr;
  return {
    port,
    errors,
    /** Sends these lines as a request, and reads until the server is done. */
    async ask(...lines: readonly string[]): Promise<Heard> {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      const text = [...lines, "Connection: close", "", ""].join("\r\n");
      // One character a byte, as headers are read.
      const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
      await connection.write(bytes);
      const answer = await new Response(connection.readable).text();
      const [head = "", body = ""] = answer.split("\r\n\r\n");
      return { status: Number(head.split(" ")[1]), head, body };
    },
    /** Asks for the event stream, which is left at once. */
    async listen(init: RequestInit = {}): Promise<Response> {
      const response = await fetch(`http://127.0.0.1:${port}${EVENTS}`, init);
      await response.body?.cancel();
      return response;
    },
    async [Symbol.asyncDispose]() {
      live.close();
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

for (const path of ["/", EVENTS]) {
  for (
    const [host, status] of [
      ["rebound.example", 421],
      ["rebound.example:8000", 421],
      ["127.0.0.1.example", 421],
      ["localhost.example", 421],
      ["127.0.0.1@rebound.example", 421],
      ["192.168.0.1", 421],
      ["\xe9", 421],
      ["[", 400],
      ["a b", 400],
      ["127.0.0.1:99999", 400],
      ["127.0.0.1:port", 400],
      ["", 400],
    ] as const
  ) {
    Deno.test(`localRequests() answers ${path} at host "${host}" with ${status} in one line`, async () => {
      await using preview = await served();
      const heard = await preview.ask(`GET ${path} HTTP/1.1`, `Host: ${host}`);
      assert.equal(heard.status, status);
      assert.match(heard.body, /^[A-Z][^\n]*\n$/);
      assert.deepEqual(preview.errors, []);
    });
  }
}

Deno.test("localRequests() passes on what asks for a name of this machine, whatever the port", async () => {
  await using preview = await served();
  for (
    const host of [
      "127.0.0.1",
      `127.0.0.1:${preview.port}`,
      "localhost:1",
      "LOCALHOST",
      "[::1]:8000",
    ]
  ) {
    const { status, body } = await preview.ask(
      "GET / HTTP/1.1",
      `Host: ${host}`,
    );
    assert.equal(status, 200, host);
    assert.match(body, /^[\da-f]*\s*<p>start/, host);
  }
});

Deno.test("localRequests() refuses a first line with another host, and a request without any", async () => {
  await using preview = await served();
  const other = await preview.ask(
    "GET http://rebound.example/ HTTP/1.1",
    "Host: 127.0.0.1",
  );
  assert.equal(other.status, 421);
  assert.equal((await preview.ask("GET / HTTP/1.0")).status, 400);
});

for (const path of ["/", EVENTS]) {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    Deno.test(`localRequests() refuses to ${method} ${path}`, async () => {
      await using preview = await served();
      const { status, head } = await preview.ask(
        `${method} ${path} HTTP/1.1`,
        "Host: 127.0.0.1",
        "Content-Length: 0",
      );
      assert.equal(status, 405);
      assert.match(head, /allow: GET, HEAD/i);
      assert.doesNotMatch(head, /access-control/i);
    });
  }
}

Deno.test("localRequests() tells a client nothing of what went wrong", async () => {
  await using preview = await served(() => () =>
    Promise.reject(new Error("Cannot read /home/somebody"))
  );
  const { status, head, body } = await preview.ask(
    "GET / HTTP/1.1",
    "Host: 127.0.0.1",
  );
  assert.equal(status, 500);
  assert.equal(body, "This cannot be shown\n");
  assert.doesNotMatch(head, /somebody/);
  assert.equal(preview.errors.length, 1);
});

Deno.test("liveSite() tells pages of other sites no events", async () => {
  await using preview = await served();
  for (
    const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "http://rebound.example" },
      { origin: "http://127.0.0.1:1" },
      { origin: `https://127.0.0.1:${preview.port}` },
      { origin: "null" },
    ]
  ) {
    const { status } = await preview.listen({ headers });
    assert.equal(status, 403, JSON.stringify(headers));
  }
});

Deno.test("liveSite() tells its own pages of events, without a word to other origins", async () => {
  await using preview = await served();
  for (
    const headers of [
      {},
      { "sec-fetch-site": "same-origin" },
      { origin: `http://127.0.0.1:${preview.port}` },
    ]
  ) {
    const response = await preview.listen({ headers });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  }
});

Deno.test("liveSite() opens no event stream for HEAD", async () => {
  await using preview = await served();
  assert.equal((await preview.listen({ method: "HEAD" })).status, 405);
});

Deno.test("liveSite() sends nobody from //theory to a host of that name", async () => {
  await using preview = await served();
  for (
    const path of [
      "//theory",
      "/\\theory",
      "///theory",
      "//theory//",
      "/%2ftheory",
    ]
  ) {
    const { status, head } = await preview.ask(
      `GET ${path} HTTP/1.1`,
      "Host: 127.0.0.1",
    );
    assert.equal(status, 404, path);
    assert.doesNotMatch(head, /location/i);
  }
  const { head } = await preview.ask("GET /theory HTTP/1.1", "Host: 127.0.0.1");
  assert.match(head, /location: \/theory\/(\r\n|$)/i);
});
