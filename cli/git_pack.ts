/**
 * One object in the packs of git, found through the index beside each.
 *
 * Formats: https://git-scm.com/docs/gitformat-pack
 *
 * @module
 */
import { inflateSync } from "node:zlib";

/** A pack and its index; the id of an object is looked up in the index. */
export interface GitPack {
  /** Path of the pack. */
  readonly pack: string;
  /** Path of its index. */
  readonly index: string;
}

/** The content of an object by its id, wherever it may be. */
export type ReadObject = (id: string) => Uint8Array | undefined;

/** How the two lengths at the start of a delta, and its instructions, are read. */
interface Delta {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * The content of an object, or `undefined` if the pack does not hold it.
 *
 * @param read gets an object that ours is a delta of, if it is named by its id
 * @throws if the pack cannot be read
 */
export function readPacked(
  id: string,
  { pack, index }: GitPack,
  read: ReadObject,
): Uint8Array | undefined {
  const offset = offsetOf(id, index);
  if (offset === undefined) return undefined;
  using file = Deno.openSync(pack);
  return objectAt(offset, { file, idBytes: id.length / 2, read });
}

/** Magic number and version of an index of version 2; git has written no other since 2007. */
const INDEX_V2 = "ff744f6300000002";

/** Where an object lies in the pack: ids are sorted, behind a table of how many start with at most each byte. */
function offsetOf(id: string, path: string): number | undefined {
  using file = Deno.openSync(path);
  const head = bytesAt(file, { at: 0, length: 8 + 256 * 4 });
  if (head.subarray(0, 8).toHex() !== INDEX_V2) return undefined;
  const counts = viewOf(head.subarray(8));
  const first = parseInt(id.slice(0, 2), 16);
  const from = first === 0 ? 0 : counts.getUint32((first - 1) * 4);
  const to = counts.getUint32(first * 4);
  const all = counts.getUint32(255 * 4);
  const idBytes = id.length / 2;
  const ids = bytesAt(file, {
    at: head.length + from * idBytes,
    length: (to - from) * idBytes,
  }).toHex();
  let place = ids.indexOf(id);
  while (place !== -1 && place % id.length !== 0) {
    place = ids.indexOf(id, place + 1);
  }
  if (place === -1) return undefined;
  const n = from + place / id.length;
  const offsets = head.length + all * (idBytes + 4); // behind ids and checksums
  const offset = viewOf(bytesAt(file, { at: offsets + n * 4, length: 4 }))
    .getUint32(0);
  if (offset < 2 ** 31) return offset;
  const long = { at: offsets + all * 4 + (offset - 2 ** 31) * 8, length: 8 };
  return Number(viewOf(bytesAt(file, long)).getBigUint64(0));
}

interface Place {
  readonly file: Deno.FsFile;
  readonly idBytes: number;
  readonly read: ReadObject;
}

/** The object at an offset: whole, or a delta of one before it or of one with an id. */
function objectAt(offset: number, place: Place): Uint8Array {
  const { file, idBytes, read } = place;
  // Room for the type, a length, an offset or an id.
  const head = bytesAt(file, { at: offset, length: 32 + idBytes });
  let at = 0;
  let byte = head[at++] ?? 0;
  const kind = (byte >> 4) & 7;
  let length = byte & 15;
  for (let unit = 16; byte > 127; unit *= 128) {
    byte = head[at++] ?? 0;
    length += (byte & 127) * unit;
  }
  let base: Uint8Array | undefined;
  if (kind === OFFSET_DELTA) {
    byte = head[at++] ?? 0;
    let back = byte & 127;
    while (byte > 127) {
      byte = head[at++] ?? 0;
      back = (back + 1) * 128 + (byte & 127);
    }
    base = objectAt(offset - back, place);
  } else if (kind === ID_DELTA) {
    const id = head.subarray(at, at += idBytes).toHex();
    base = read(id);
    if (base === undefined) throw new TypeError(`Cannot find object ${id}`);
  }
  // No deflated text is longer than this (`compressBound` of zlib); what
  // follows it in the pack is not looked at.
  const most = length + (length >> 12) + (length >> 14) + 64;
  const deflated = bytesAt(file, { at: offset + at, length: most });
  const bytes = new Uint8Array(inflateSync(deflated));
  return base === undefined ? bytes : applied({ bytes, at: 0 }, base);
}

const [OFFSET_DELTA, ID_DELTA] = [6, 7];

/** What a delta makes of its base: copies of parts of it, and bytes of its own. */
function applied(delta: Delta, base: Uint8Array): Uint8Array {
  const { bytes } = delta;
  lengthIn(delta); // of the base
  const made = new Uint8Array(lengthIn(delta));
  for (let end = 0; delta.at < bytes.length;) {
    const code = bytes[delta.at++] ?? 0;
    if (code < 128) {
      made.set(bytes.subarray(delta.at, delta.at += code), end);
      end += code;
      continue;
    }
    const from = littleEndian(delta, code & 15);
    const length = littleEndian(delta, (code >> 4) & 7) || 0x10000;
    made.set(base.subarray(from, from + length), end);
    end += length;
  }
  return made;
}

/** A number, seven bits a byte, the lowest first. */
function lengthIn(delta: Delta): number {
  let length = 0;
  for (let unit = 1;; unit *= 128) {
    const byte = delta.bytes[delta.at++] ?? 0;
    length += (byte & 127) * unit;
    if (byte < 128) return length;
  }
}

/** A number of which only those bytes are there whose bits are set in `which`. */
function littleEndian(delta: Delta, which: number): number {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    if ((which >> i) % 2 === 1) {
      value += (delta.bytes[delta.at++] ?? 0) * 256 ** i;
    }
  }
  return value;
}

/** Bytes of a file; fewer where it ends. */
function bytesAt(
  file: Deno.FsFile,
  { at, length }: { readonly at: number; readonly length: number },
): Uint8Array {
  const bytes = new Uint8Array(length);
  file.seekSync(at, Deno.SeekMode.Start);
  let end = 0;
  while (end < length) {
    const read = file.readSync(bytes.subarray(end));
    if (read === null) break;
    end += read;
  }
  return bytes.subarray(0, end);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
