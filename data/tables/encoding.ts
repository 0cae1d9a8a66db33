/**
 * The encodings that spreadsheets write tables in.
 *
 * @module
 */

/** Name of an encoding that {@linkcode inUtf8} knows. */
export type Encoding = "UTF-8" | "UTF-16" | "Windows-1252";

/** So many bytes tell UTF-16 without a mark from others. */
const LOOKED_AT = 4096;

/** So many bytes are decoded at a time to see whether they are UTF-8. */
const PIECE = 2 ** 24;

/** So many characters are the most that V8 has in a string. */
const LONGEST = 2 ** 29 - 24;

/**
 * A text in UTF-8, and what it was in. A byte order mark tells, or zeros in
 * every other place (UTF-16), or that it is no UTF-8 (Windows-1252, of which
 * Latin-1 is a part).
 *
 * @param options.name of the file, for errors
 * @throws {TypeError} if the bytes are a workbook or another file that is no
 * text, or too many to be anything but UTF-8
 */
export function inUtf8(
  bytes: Uint8Array<ArrayBuffer>,
  { name }: { readonly name: string },
): { readonly bytes: Uint8Array; readonly encoding: Encoding } {
  if (
    startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0xd0, 0xcf])
  ) {
    throw new TypeError(
      `Cannot read table "${name}": it is a workbook; save it as CSV`,
    );
  }
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return decoded(bytes, wide, { name });
  if (bytes.includes(0)) {
    throw new TypeError(
      `Cannot read table "${name}": it contains zero bytes, so it is not text`,
    );
  }
  const isMarked = startsWith(bytes, [0xef, 0xbb, 0xbf]);
  return isMarked || isUtf8(bytes)
    ? { bytes, encoding: "UTF-8" }
    : decoded(bytes, "windows-1252", { name });
}

function decoded(
  bytes: Uint8Array,
  label: "utf-16le" | "utf-16be" | "windows-1252",
  { name }: { readonly name: string },
) {
  const encoding = label === "windows-1252" ? "Windows-1252" : "UTF-16";
  if (bytes.length / (encoding === "UTF-16" ? 2 : 1) > LONGEST) {
    throw new TypeError(
      `Cannot read table "${name}": it is ${encoding}, and too large for that; save it as UTF-8`,
    );
  }
  const text = new TextDecoder(label).decode(bytes);
  return { bytes: new TextEncoder().encode(text), encoding } as const;
}

function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (startsWith(bytes, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(bytes, [0xfe, 0xff])) return "utf-16be";
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0] as [number, number];
  start.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2 === 0 ? 0 : 1]++;
  });
  const [even, odd] = zeros;
  // Digits, separators and line breaks have a zero half, and are most of a table.
  if (Math.max(even, odd) < start.length / 4 || even === odd) return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

/** Whether bytes are UTF-8 throughout; there may be more than fit into a string. */
export function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
