/**
 * Answers requests with the files of a folder.
 *
 * @module
 */
import { extname, join } from "node:path";
import { entryAt } from "../../engine/store/disk_entry.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".xml": "application/xml; charset=utf-8",
};

/** A handler of requests for files below `folder`; nothing outside it is ever read, and no link followed. */
export function siteHandler(
  folder: string,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return answer("Method not allowed", {
        status: 405,
        headers: { allow: "GET, HEAD" },
      });
    }
    const { pathname, search } = new URL(request.url);
    const found = find(folder, pathname);
    switch (found.kind) {
      case "file":
        return await fileAnswer(found.path, { status: 200, request });
      case "folder":
        return answer("", {
          status: 308,
          headers: { location: `${pathname}/${search}` },
        });
      case "nothing": {
        const own = find(folder, "/404.html");
        return own.kind === "file"
          ? await fileAnswer(own.path, { status: 404, request })
          : answer(NOT_FOUND, { status: 404, type: ".html" });
      }
    }
  };
}

type Found =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "folder" }
  | { readonly kind: "nothing" };

function find(folder: string, pathname: string): Found {
  const nothing: Found = { kind: "nothing" };
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return nothing; // a lone % is no path
  }
  const parts = path.split("/");
  // Encoded slashes and dots are decoded by now; hidden files are not pages.
  if (parts.some((part) => part.startsWith(".") || /[\\\0]/.test(part))) {
    return nothing;
  }
  // A redirect to "//name/" would lead to the host of that name.
  if (parts.slice(1, -1).includes("")) return nothing;
  const page = path.slice(1).replace(/(^|\/)$/, "$1index.html");
  try {
    const entry = entryAt(folder, page);
    if (entry?.path !== page) return nothing;
    if (entry.kind === "file") {
      return { kind: "file", path: join(folder, page) };
    }
    const isPage = entry.kind === "folder" && !path.endsWith("/");
    return isPage ? { kind: "folder" } : nothing;
  } catch {
    return nothing;
  }
}

async function fileAnswer(
  path: string,
  { status, request }: {
    readonly status: number;
    readonly request: Request;
  },
): Promise<Response> {
  const bytes = await Deno.readFile(path);
  return answer(request.method === "HEAD" ? null : bytes, {
    status,
    type: extname(path).toLowerCase(),
    headers: { "content-length": String(bytes.length) },
  });
}

function answer(
  body: string | Uint8Array<ArrayBuffer> | null,
  { status, type = ".txt", headers = {} }: {
    readonly status: number;
    readonly type?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": TYPES[type] ?? "application/octet-stream",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
      ...headers,
    },
  });
}

const NOT_FOUND = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Not found</title>
<p>There is no such page. <a href="/">Go to the start.</a></p>
</html>
`;
