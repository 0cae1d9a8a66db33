/**
 * Which file lies at a path, without reading it: as long as the answer stays
 * the same, so do the bytes.
 *
 * @module
 */

/** What the file system says of a path. */
export interface FileIdentity {
  /** The identity: device, inode, size and both times. */
  readonly text: string;
  readonly kind: "file" | "folder" | "missing";
  /** Whether a change from now on would change the identity. */
  readonly settled: boolean;
}

/**
 * The identity of a file. The time of modification can be set back by whoever
 * writes the file; the time of change cannot. Deno tells it in whole seconds,
 * so that an identity counts only once that second is over: until then the file
 * may change again without a trace. (Git's index has the same rule; see
 * https://git-scm.com/docs/racy-git.)
 *
 * @param now milliseconds since 1970
 */
export function identityOf(path: string, now: number): FileIdentity {
  try {
    const { isDirectory, dev, ino, size, mtime, ctime } = Deno.statSync(path);
    const changed = ctime?.getTime() ?? Infinity;
    return {
      text: `${dev} ${ino} ${size} ${mtime?.getTime()} ${changed}`,
      kind: isDirectory ? "folder" : "file",
      settled: now - changed > SETTLED_MILLISECONDS,
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { text: "missing", kind: "missing", settled: false };
  }
}

/** What lies at a path. */
export function kindOf(path: string): FileIdentity["kind"] {
  return identityOf(path, 0).kind;
}

/** So long after its last change a file is settled: a second to be over, and as much for a clock that runs behind the file system's. */
const SETTLED_MILLISECONDS = 2000;
