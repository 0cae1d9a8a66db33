/** What may lie where a file should be, and must never be opened. */
import assert from "node:assert/strict";
import { join } from "node:path";

/** Puts something else in the place of a file, or where none is, by what it is. */
export const STRANGERS: Readonly<
  Record<"folder" | "link" | "named pipe", (path: string) => void>
> = {
  folder(path) {
    clear(path);
    Deno.mkdirSync(join(path, "deep"), { recursive: true });
  },
  link(path) {
    clear(path);
    Deno.symlinkSync("/dev/null", path);
  },
  "named pipe"(path) {
    clear(path);
    const { success } = new Deno.Command("mkfifo", { args: [path] })
      .outputSync();
    assert.ok(success);
  },
};

function clear(path: string): void {
  Deno.mkdirSync(join(path, ".."), { recursive: true });
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
