/**
 * Serves a site that changes: each page hears when it must be loaded again,
 * and of what goes wrong meanwhile.
 *
 * @module
 */
import { isFromElsewhere, line } from "./local_requests.ts";
import { EVENTS, type PreviewState, reloadScript } from "./reload_script.ts";
import { siteHandler } from "./serve_site.ts";

/** A site that is served while it changes. */
export interface LiveSite {
  readonly handler: (request: Request) => Promise<Response>;
  /** Shows this on every open page, and on those opened later. */
  show(state: PreviewState): void;
  /** Makes every open page load again. */
  reload(): void;
  /** Ends the connections of open pages. */
  close(): void;
}

/** Serves a folder; the files in it stay as they are. */
export function liveSite(folder: string): LiveSite {
  const serve = siteHandler(folder);
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let state: PreviewState = { kind: "ready" };
  const encode = (event: string, data: string) =>
    new TextEncoder().encode(`event: ${event}\ndata: ${data}\n\n`);
  const send = (event: string, data: string) => {
    for (const one of open) one.enqueue(encode(event, data));
  };

  function events(request: Request): Response {
    if (request.method !== "GET") {
      return line(405, "Events can be listened to only", { allow: "GET" });
    }
    if (isFromElsewhere(request)) {
      return line(403, "Events are for pages of the preview only");
    }
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        open.add(own);
        own.enqueue(encode("state", JSON.stringify(state)));
      },
      cancel: () => void open.delete(own),
    });
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
      },
    });
  }

  return {
    async handler(request) {
      if (new URL(request.url).pathname === EVENTS) {
        return events(request);
      }
      const response = await serve(request);
      const type = response.headers.get("content-type") ?? "";
      if (request.method !== "GET" || !type.startsWith("text/html")) {
        return response;
      }
      const text = response.status === 404 && state.kind !== "ready"
        ? NOT_YET
        : await response.text();
      const headers = new Headers(response.headers);
      headers.delete("content-length");
      return new Response(withScript(text), {
        status: response.status,
        headers,
      });
    },

    show(next) {
      state = next;
      send("state", JSON.stringify(state));
    },

    reload: () => send("reload", "{}"),

    close() {
      for (const one of open) one.close();
      open.clear();
    },
  };
}

function withScript(page: string): string {
  const end = page.lastIndexOf("</body>");
  return end < 0
    ? page + reloadScript()
    : page.slice(0, end) + reloadScript() + page.slice(end);
}

/** Stands where the first run has not written a page yet. */
const NOT_YET = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Preview</title>
<body>
<p>This page is not written yet. It appears as soon as it is.</p>
</body>
</html>
`;
