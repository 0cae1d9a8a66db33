import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unlessItFails } from "../engine/store/presence.ts";

/** Where Deno keeps what it has compiled of modules in temporary folders. */
export function compiledFolder(): string {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).outputSync();
  const { typescriptCache } = JSON.parse(new TextDecoder().decode(stdout));
  return join(typescriptCache, "file", tmpdir());
}

/**
 * Removes what Deno has compiled of modules in temporary folders that are gone.
 * Workers of every run in a test load a copy of some forty modules, and Deno
 * would keep all of them for ever: 80 MB whenever all tests run.
 */
export function forgetTemporaryCode(): void {
  const compiled = compiledFolder();
  for (
    const { name } of unlessItFails(() => [...Deno.readDirSync(compiled)]) ?? []
  ) {
    if (existsSync(join(tmpdir(), name))) continue;
    // Another process may be at it.
    unlessItFails(() =>
      Deno.removeSync(join(compiled, name), { recursive: true })
    );
  }
}
