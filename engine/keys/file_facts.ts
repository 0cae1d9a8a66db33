/**
 * What one source file says and names.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { extname } from "node:path/posix";
import { ENGINE_FOLDER } from "../define/engine_folder.ts";
import { messageOf } from "../define/message_of.ts";
import { kindOf } from "./file_identity.ts";
import { type Digest, digestOf } from "../define/hash.ts";
import { later } from "../define/later.ts";
import type { readSyntax } from "./syntax.ts";

/** What a closure needs of a file. */
export interface FileFacts {
  /** Digest of the syntax if the file is a module, of its bytes otherwise. */
  readonly digest: Digest;
  /** Relative specifiers of the modules and files that the file names. */
  readonly next: readonly string[];
  /** Specifiers of the packages that the file imports. */
  readonly bare: readonly string[];
  /** Why the file cannot be in a closure, if it cannot. */
  readonly failure?: string;
}

/** Facts, and the digest of the bytes that they were read from. */
export interface ReadFacts {
  readonly bytes: Digest;
  readonly facts: FileFacts;
}

/** Loaded later: the parser takes a third of a start, and where no code has changed nobody needs it. */
const syntax = later<typeof import("./syntax.ts")>(
  import.meta.resolve("./syntax.ts"),
);

/**
 * The facts of a file.
 *
 * @param known facts that hold if the file's bytes are still the same
 */
export async function readFacts(
  path: string,
  known?: ReadFacts,
): Promise<ReadFacts> {
  const kind = kindOf(path);
  if (kind === "missing") return failed("there is no such file");
  if (kind === "folder") {
    return failed("it is a folder, and a key can only hold files");
  }
  if (!isModule(path)) {
    const bytes = await digestOfFile(path);
    return { bytes, facts: { digest: bytes, next: [], bare: [] } };
  }
  const content = contentOf(path);
  const bytes = digestOf(content);
  if (bytes === known?.bytes) return known;
  const id = `${isExempt(path)} ${extname(path)} ${bytes}`;
  const facts = parsed.get(id) ??
    factsOf(new TextDecoder().decode(content), {
      path,
      read: (await syntax()).readSyntax,
    });
  if (parsed.size > MOST_PARSED) parsed.clear();
  parsed.set(id, facts);
  return { bytes, facts };
}

/** A file is hashed in pieces of so many bytes, 4 MiB: hashing one takes about as long as reading the next can be late. */
const PART = 2 ** 22;

/**
 * The digest of a file of any size: the next part is read while one is hashed,
 * so that a gibibyte takes no longer than hashing it, and no memory.
 */
async function digestOfFile(path: string): Promise<Digest> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  let [part, next] = [new Uint8Array(PART), new Uint8Array(PART)];
  for (let read = await file.read(part); read !== null;) {
    const reading = file.read(next);
    hash.update(part.subarray(0, read));
    read = await reading;
    [part, next] = [next, part];
  }
  return hash.digest("hex");
}

/** Synchronously: a source file is small, and a trip through a thread takes eight times as long. */
function contentOf(path: string): Uint8Array {
  return Deno.readFileSync(path);
}

/** Parsing is the cost of a closure, and one text is met again and again: the last ones are kept. */
const parsed = new Map<string, FileFacts>();
const MOST_PARSED = 500;

/** Whether a file holds code that is read: its digest is that of its syntax. */
export function isModule(path: string): boolean {
  return /\.m?[jt]s$/.test(path);
}

/** Whether a module may do what others may not: the engine loads what is named, and counts, elsewhere. */
function isExempt(path: string): boolean {
  return path.startsWith(`${ENGINE_FOLDER}/`);
}

function factsOf(
  text: string,
  { path, read }: {
    readonly path: string;
    readonly read: typeof readSyntax;
  },
): FileFacts {
  try {
    const { digest, imports, assets, refusals } = read(text, path);
    const [refusal] = refusals;
    if (refusal !== undefined && !isExempt(path)) return failure(refusal);
    const isLocal = (name: string) => /^\.{1,2}\//.test(name);
    return {
      digest,
      next: [...imports.filter(isLocal), ...assets],
      bare: imports.filter((name) =>
        !isLocal(name) && !name.startsWith("node:")
      ),
    };
  } catch (error) {
    return failure(stateOf(error));
  }
}

/** Why code cannot be read, with the line where only types could not be taken away. */
function stateOf(error: unknown): string {
  const message = messageOf(error);
  const [, what, line] =
    / *(.+) at file:\/\/\/stripTypeScriptTypes\.ts:(\d+):\d+$/.exec(message) ??
      [];
  return what === undefined
    ? message
    : `line ${line}: ${what}, in which types alone are taken away; write it as JavaScript has it (no enum, namespace or parameter property)`;
}

function failed(state: string): ReadFacts {
  return { bytes: "", facts: failure(state) };
}

function failure(state: string): FileFacts {
  return { digest: "", next: [], bare: [], failure: state };
}
