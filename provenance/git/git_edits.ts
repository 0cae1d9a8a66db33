/**
 * Which files were edited: are not as git's index has them, which is what the
 * next commit will hold. A change that is staged and not committed is therefore
 * not seen.
 *
 * Format: https://git-scm.com/docs/index-format
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join, relative } from "node:path/posix";
import { gitFolders } from "./git_checkout.ts";

/**
 * Those of some files that were edited, or that git does not know: their paths
 * from the root of the checkout, sorted.
 *
 * @param commit that is checked out
 * @returns `undefined` outside a checkout, or where its index cannot be read
 */
export function gitEdits(
  files: readonly string[],
  { root, commit }: { readonly root: string; readonly commit: string | null },
): readonly string[] | undefined {
  if (commit === null) return undefined;
  let ids: ReadonlyMap<string, string>;
  try {
    const index = Deno.readFileSync(join(gitFolders(root).own, "index"));
    ids = idsIn(index, { idBytes: commit.length / 2 });
  } catch {
    return undefined;
  }
  return files.map((file) => relative(root, file)).sort()
    .filter((path) => !isAs(ids.get(path) ?? "", join(root, path)));
}

/**
 * The id of each file in an index, by path.
 *
 * @throws {Error} if it is of version 4, or lists only some of the files
 */
function idsIn(
  bytes: Uint8Array<ArrayBuffer>,
  { idBytes }: { readonly idBytes: number },
): ReadonlyMap<string, string> {
  const view = new DataView(bytes.buffer);
  if (view.getUint32(4) > 3) throw new TypeError("Cannot read version 4");
  const ids = new Map<string, string>();
  let at = 12;
  for (let left = view.getUint32(8); left > 0; left--) {
    const id = at + 40; // behind times, size, owner and mode
    const flags = view.getUint16(id + idBytes);
    const name = id + idBytes + ((flags & HAS_MORE_FLAGS) === 0 ? 2 : 4);
    const end = bytes.indexOf(0, name);
    if ((flags & IS_IN_CONFLICT) === 0) {
      const path = new TextDecoder().decode(bytes.subarray(name, end));
      ids.set(path, bytes.subarray(id, id + idBytes).toHex());
    }
    at += (end - at + 8) & ~7; // one to eight zeros
  }
  // Extensions in small letters say that the list is split, or sparse.
  for (; at < bytes.length - idBytes; at += 8 + view.getUint32(at + 4)) {
    if (view.getUint8(at) >= 97) throw new TypeError("Cannot read a part");
  }
  return ids;
}

const [HAS_MORE_FLAGS, IS_IN_CONFLICT] = [0x4000, 0x3000];

/** Whether a file has the bytes of a blob; git on Windows may end its lines with CRLF. */
function isAs(id: string, path: string): boolean {
  const idOf = (bytes: Uint8Array) =>
    createHash(id.length === 40 ? "sha1" : "sha256")
      .update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  try {
    const bytes = Deno.readFileSync(path);
    return idOf(bytes) === id ||
      idOf(bytes.filter((byte, i) => byte !== 13 || bytes[i + 1] !== 10)) ===
        id;
  } catch {
    return false;
  }
}
