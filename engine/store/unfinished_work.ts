/**
 * Unfinished work of a stage as a file: a line with the digest of the bytes
 * that come after it. A record says what an artifact must be; of unfinished
 * work nothing else does, and a training goes on from whatever it is given.
 *
 * @module
 */
import { type Digest, digestOf } from "../define/hash.ts";

/** Bytes of the line: 64 hexadecimal characters and its end. */
export const LINE_BYTES = 65;

/** The line before work with this digest. */
export function lineOf(digest: Digest): string {
  return `${digest}\n`;
}

/** Work as a file. */
export function fileOfWork(work: Uint8Array): Uint8Array {
  const file = new Uint8Array(LINE_BYTES + work.length);
  new TextEncoder().encodeInto(lineOf(digestOf(work)), file);
  file.set(work, LINE_BYTES);
  return file;
}

/** The work in a file; `undefined` if it is not what was written, or was written by a version that put no line before it. */
export function workIn(
  file: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | undefined {
  const line = new TextDecoder().decode(file.subarray(0, LINE_BYTES));
  const work = file.slice(LINE_BYTES); // a buffer of its own: numbers in it begin where they may
  return line === lineOf(digestOf(work)) ? work : undefined;
}
