/**
 * What one source file says and names, read again only when the file may have
 * changed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Digest, digestOf } from "./hash.ts";
import { readSyntax } from "./syntax.ts";

/** What a closure needs of a file. */
export interface FileFacts {
  /** Of its syntax if it is a module, of its bytes otherwise. */
  readonly digest: Digest;
  /** Relative specifiers of the modules and files that it names. */
  readonly next: readonly string[];
  /** Specifiers of packages. */
  readonly bare: readonly string[];
  /** Why it cannot be part of a closure, if it cannot. */
  readonly failure?: string;
}

interface Known {
  readonly identity: string;
  readonly facts: FileFacts;
}

const known = new Map<string, Known>();

/**
 * The facts of a file. They are remembered while device, inode, size, and both
 * times of the file stay the same: unlike the time of modification, the time
 * of change cannot be set back.
 *
 * @param url a file URL; its query is not looked at
 */
export function fileFactsOf(url: string): FileFacts {
  const path = fileURLToPath(url);
  const before = identityOf(path);
  const found = known.get(path);
  if (found !== undefined && found.identity === before.text) return found.facts;
  const facts = read(path, before);
  // Deno tells the time of change in whole seconds: until that second is over,
  // the file may change again without a trace.
  if (before.settled && identityOf(path).text === before.text) {
    known.set(path, { identity: before.text, facts });
  } else known.delete(path);
  return facts;
}

interface Identity {
  readonly text: string;
  readonly kind: "file" | "folder" | "missing";
  readonly settled: boolean;
}

function identityOf(path: string): Identity {
  try {
    const { isDirectory, dev, ino, size, mtime, ctime } = Deno.statSync(path);
    const changed = ctime?.getTime() ?? Infinity;
    return {
      text: [dev, ino, size, mtime?.getTime(), changed].join(" "),
      kind: isDirectory ? "folder" : "file",
      settled: Date.now() - changed > 2000,
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { text: "missing", kind: "missing", settled: false };
  }
}

function read(path: string, { kind }: Identity): FileFacts {
  if (kind === "missing") return failed("there is no such file");
  if (kind === "folder") {
    return failed("it is a folder, and a key can only hold files");
  }
  const bytes = Deno.readFileSync(path);
  const digest = digestOf(bytes);
  if (!/\.[cm]?[jt]s$/.test(path)) return { digest, next: [], bare: [] };
  return parse(bytes, digest);
}

/** Parsing is the cost of a closure, and one text is met again and again: the last few hundred are kept. */
const parsed = new Map<Digest, FileFacts>();

function parse(bytes: Uint8Array, digest: Digest): FileFacts {
  let facts = parsed.get(digest);
  if (facts === undefined) {
    facts = factsOf(new TextDecoder().decode(bytes));
    if (parsed.size > 500) parsed.clear();
    parsed.set(digest, facts);
  }
  return facts;
}

function factsOf(text: string): FileFacts {
  try {
    const { digest, imports, assets } = readSyntax(text);
    const isLocal = (name: string) => /^\.{1,2}\//.test(name);
    return {
      digest,
      next: [...imports.filter(isLocal), ...assets],
      bare: imports.filter((name) =>
        !isLocal(name) && !name.startsWith("node:")
      ),
    };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function failed(failure: string): FileFacts {
  return { digest: "", next: [], bare: [], failure };
}
