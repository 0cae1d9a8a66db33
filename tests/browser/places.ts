/** A site as readers open it: from a folder, at the root of a server, below a path. */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { siteHandler } from "../../publishing/preview/serve_site.ts";
import { filesBelow } from "../files_below.ts";

/** Where a site is opened. */
export interface Place extends AsyncDisposable {
  readonly name: string;
  /** Address of its root, ending in a slash. */
  readonly root: string;
}

/** Opens a folder at each of the three places. */
export function placesOf(folder: string): readonly Place[] {
  return [
    {
      name: "file://",
      root: `${pathToFileURL(folder).href}/`,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    served("a server's root", { folder, path: "/" }),
    served("a server's path", { folder, path: "/some/path/" }),
  ];
}

function served(
  name: string,
  { folder, path }: { readonly folder: string; readonly path: string },
): Place {
  const handler = siteHandler(folder);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const url = new URL(request.url);
      if (!url.pathname.startsWith(path)) {
        return new Response("Outside the site", { status: 404 });
      }
      url.pathname = url.pathname.slice(path.length - 1);
      return handler(new Request(url, request));
    },
  );
  return {
    name,
    root: `http://127.0.0.1:${server.addr.port}${path}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Writes files into a new folder, which is removed in the end. */
export async function written(
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await Deno.makeTempDir({ prefix: "browser-" });
  for (const [path, content] of files) {
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(target, content);
    else await Deno.writeFile(target, content);
  }
  return {
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Files of a folder whose names end so. */
export function filesOf(folder: string, ending: string): readonly string[] {
  return filesBelow(folder).filter((path) => path.endsWith(ending));
}
