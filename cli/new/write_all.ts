/**
 * Files that are written all or not at all.
 *
 * @module
 */
import { join } from "node:path";
import { messageOf } from "../../engine/define/message_of.ts";

/** What to write, by path from the root of the project. */
export interface Written {
  /** Files that are not there yet. */
  readonly made: ReadonlyMap<string, string>;
  /** A file that is, written last. */
  readonly changed?: { readonly path: string; readonly text: string };
}

/**
 * Writes files. None is written over; if one cannot be written, none is left.
 *
 * @param options.root folder of the project
 * @throws {Error} naming the file that cannot be written
 */
export async function writeAll(
  { made, changed }: Written,
  { root }: { readonly root: string },
): Promise<void> {
  const left: string[] = [];
  let current = "";
  const create = async (path: string, text: string) => {
    current = path;
    const file = join(root, path);
    // From here on it is ours, unless it was there before.
    const handle = await Deno.open(file, { write: true, createNew: true });
    handle.close();
    left.push(file);
    await Deno.writeTextFile(file, text);
  };
  try {
    for (const [path, text] of made) await create(path, text);
    if (changed !== undefined) {
      const aside = `${changed.path}.new`;
      await create(aside, changed.text);
      await Deno.rename(join(root, aside), join(root, changed.path));
    }
  } catch (cause) {
    for (const file of left) await Deno.remove(file).catch(() => {});
    const state = cause instanceof Deno.errors.AlreadyExists
      ? "it is there already"
      : messageOf(cause);
    throw new Error(`Cannot write ${current}: ${state}; nothing was written`, {
      cause,
    });
  }
}
