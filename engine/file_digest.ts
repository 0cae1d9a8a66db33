/**
 * The digest of a file of any size: the next part is read while one is hashed,
 * so that a gibibyte takes no longer than hashing it, and no memory.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Digest } from "./hash.ts";

/** In bytes; 4 MiB: hashing one takes about as long as reading the next can be late. */
const PART = 2 ** 22;

/** The digest of a file's bytes. */
export async function digestOfFile(path: string): Promise<Digest> {
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
