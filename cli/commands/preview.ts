/**
 * `preview`: serves the site to a browser on this machine, until Ctrl-C.
 *
 * @module
 */
import { join } from "node:path";
import type { Preview } from "../grammar/preview.ts";
import { pathFrom, siteFolderOf } from "../project_of.ts";
import { siteHandler } from "../serve_site.ts";
import type { Shell } from "../shell.ts";

export { words } from "../grammar/preview.ts";

/** @returns the exit code */
export async function run(command: Preview, shell: Shell): Promise<number> {
  const folder = siteFolderOf(shell, command.site);
  const name = pathFrom(shell.folder, folder);
  try {
    await Deno.stat(join(folder, "index.html"));
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotFound
      ? "there is none yet; `deno task reproduce` makes one"
      : "it cannot be read";
    throw new Error(`Cannot preview the site in "${name}": ${state}`, {
      cause,
    });
  }
  const server = serve(command.port, { folder, shell, name });
  await server.finished;
  return 0; // Ctrl-C is how one ends it
}

function serve(
  port: number,
  { folder, shell, name }: {
    readonly folder: string;
    readonly shell: Shell;
    readonly name: string;
  },
): Deno.HttpServer {
  try {
    return Deno.serve({
      hostname: "127.0.0.1",
      port,
      signal: shell.signal,
      onListen: (address) =>
        shell.stdout.write(
          `Serving ${name} at http://127.0.0.1:${address.port}/ (Ctrl-C ends it)\n`,
        ),
    }, siteHandler(folder));
  } catch (cause) {
    const state = cause instanceof Deno.errors.AddrInUse
      ? "it is in use; name another with --port"
      : cause instanceof Error
      ? cause.message
      : String(cause);
    throw new Error(`Cannot listen on port ${port}: ${state}`, { cause });
  }
}
