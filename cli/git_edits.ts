/**
 * Which files are not as a commit has them: read from the objects of git, as
 * the commit is. What is only staged is an edit, and so is a file that git does
 * not know.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gitObjects } from "./git_objects.ts";

/** Ids of files and folders by name. */
type Tree = ReadonlyMap<string, string>;

/**
 * Those of some files of a checkout that differ from a commit, or that it
 * lacks.
 *
 * @param paths relative to the root, with slashes
 * @returns `undefined` where git's objects do not tell, as in a partial clone
 */
export function gitEdits(
  paths: readonly string[],
  { root, commit }: { readonly root: string; readonly commit: string },
): readonly string[] | undefined {
  try {
    const idOf = filesOf(commit, root);
    return paths.filter((path) => !isAs(idOf(path), join(root, path)));
  } catch {
    return undefined;
  }
}

/** Looks up the id of a file in a commit. */
function filesOf(
  commit: string,
  root: string,
): (path: string) => string | undefined {
  const read = gitObjects(root);
  const trees = new Map<string, Tree>();
  const treeWith = (id: string) => {
    let tree = trees.get(id);
    if (tree === undefined) {
      trees.set(id, tree = treeOf(need(read(id)), { idBytes: id.length / 2 }));
    }
    return tree;
  };
  const text = new TextDecoder().decode(need(read(commit)));
  const top = need(/^tree (\S+)\n/.exec(text)?.[1]);
  return (path) => {
    let id: string | undefined = top;
    for (const name of path.split("/")) {
      if (id === undefined) return undefined;
      id = treeWith(id).get(name);
    }
    return id;
  };
}

/** Entries are a mode, a space, a name, a zero and the bytes of an id. */
function treeOf(
  bytes: Uint8Array,
  { idBytes }: { readonly idBytes: number },
): Tree {
  const tree = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const zero = bytes.indexOf(0, space);
    at = zero + 1 + idBytes;
    tree.set(
      new TextDecoder().decode(bytes.subarray(space + 1, zero)),
      bytes.subarray(zero + 1, at).toHex(),
    );
  }
  return tree;
}

/** Whether a file has the bytes of a blob. */
function isAs(id: string | undefined, path: string): boolean {
  if (id === undefined) return false;
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(path);
  } catch {
    return false;
  }
  return blobId(bytes, id.length) === id ||
    blobId(withoutReturns(bytes), id.length) === id;
}

function blobId(bytes: Uint8Array, length: number): string {
  return createHash(length === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** On Windows git may end lines with CRLF in a checkout, and with LF in a commit. Code says the same. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => byte !== 13 || bytes[i + 1] !== 10);
}

function need<T>(found: T | undefined): T {
  if (found === undefined) throw new TypeError("Cannot find an object of git");
  return found;
}
