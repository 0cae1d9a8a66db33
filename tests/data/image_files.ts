/** Folders of small images, as somebody's own would be. */
import { encode } from "fast-png";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";

/** A PNG of one colour: red, green, blue and perhaps alpha. */
export function png(
  width: number,
  height: number,
  colour: readonly number[],
): Uint8Array {
  const { length: channels } = colour;
  const data = Uint8Array.from(
    { length: width * height * channels },
    (_, i) => colour[i % channels] ?? 0,
  );
  return encode({ width, height, data, channels, depth: 8 });
}

/** A JPEG of 32 × 16 pixels, its left half red, its right half blue. */
export const JPEG: Uint8Array = Uint8Array.fromBase64([
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRy",
  "UkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA",
  "9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  "AAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAA",
  "ABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0",
  "AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAA",
  "b6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVog",
  "AAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAA",
  "AABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAg",
  "ADIAMAAxADb/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG",
  "NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09P",
  "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAQACADASIAAhEB",
  "AxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAMF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUB",
  "AQEAAAAAAAAAAAAAAAAAAAYE/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8A",
  "wQEBciAbAT//2Q==",
].join(""));

/** A JPEG of 16 × 16 pixels in four quarters: red and green above, blue and white below. */
export const QUARTERS: Uint8Array = Uint8Array.fromBase64([
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikx",
  "MC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01",
  "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAAR",
  "CAAQABADAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAA",
  "AgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkK",
  "FhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG",
  "h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl",
  "5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREA",
  "AgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk",
  "NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOE",
  "hYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk",
  "5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDBrzD7k1a5D8gOUr9XPdPea+GOk//Z",
].join(""));

/** A CMYK JPEG of 12 × 8 pixels, red and blue, as Pillow writes it. */
export const CMYK: Uint8Array = Uint8Array.fromBase64([
  "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYG",
  "BQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAMBEMRAE0RAFkRAEsR",
  "AP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAAB",
  "fQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2",
  "Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqi",
  "o6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5",
  "+v/aAA4EQwBNAFkASwAAPwD3b/gtp/yjF+Jv/cF/9PVjX5Z+DP8AkZbb/gf/AKA1fEP/AARL",
  "/wCUnXwy/wC41/6Zb6v38r8Aa7yv3+or/9k=",
].join(""));

/** The same as a GIF. */
export const GIF: Uint8Array = Uint8Array.fromBase64([
  "R0lGODdhDAAIAIEAAMgoHh48yAAAAAAAACwAAAAADAAIAAAIIAABCBwYoKDBgQQNFkQoUOFC",
  "hg4DMAQQcWJFiA4tOgwIADs=",
].join(""));

/** The same as a lossless WebP. */
export const WEBP: Uint8Array = Uint8Array.fromBase64([
  "UklGRioAAABXRUJQVlA4TB4AAAAvC8ABAA9wCpRbId9Ddf5jCQKBBCF/m+1WiOh/5AA=",
].join(""));

/** The same with a second picture after it, half a second later: all of it blue. */
export const MOVING_GIF: Uint8Array = Uint8Array.from([
  ...GIF.subarray(0, -1),
  ...[0x21, 0xf9, 4, 0, 50, 0, 0, 0],
  ...[0x2c, 0, 0, 0, 0, 12, 0, 8, 0, 0],
  ...[2, 2, 0x4c, 1, 0, 0x3b],
]);

/** The WebP twice, as an animation. */
export function movingWebp(): Uint8Array {
  const picture = WEBP.subarray(12); // its one chunk
  const frame = [0, 0, 0, 0, 0, 0, 11, 0, 0, 7, 0, 0, 100, 0, 0, 0];
  const chunks = [
    ...chunk("VP8X", [2, 0, 0, 0, 11, 0, 0, 7, 0, 0]),
    ...chunk("ANIM", [255, 255, 255, 255, 0, 0]),
    ...chunk("ANMF", [...frame, ...picture]),
    ...chunk("ANMF", [...frame, ...picture]),
  ];
  const name = [...new TextEncoder().encode("WEBP")];
  return Uint8Array.from(chunk("RIFF", [...name, ...chunks]));
}

/** A chunk of a RIFF file. */
function chunk(name: string, data: readonly number[]): readonly number[] {
  const size = new Uint8Array(Uint32Array.of(data.length).buffer);
  return [...new TextEncoder().encode(name), ...size, ...data];
}

/** A JPEG with an APP1 segment of that orientation. */
export function turnedJpeg(
  file: Uint8Array,
  { value, isLittle = false }: {
    readonly value: number;
    readonly isLittle?: boolean;
  },
): Uint8Array {
  const segment = new Uint8Array(36);
  const view = new DataView(segment.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, 34);
  segment.set(
    new TextEncoder().encode(isLittle ? "Exif\0\0II" : "Exif\0\0MM"),
    4,
  );
  view.setUint16(12, 42, isLittle);
  view.setUint32(14, 8, isLittle);
  view.setUint16(18, 1, isLittle);
  view.setUint16(20, 0x0112, isLittle);
  view.setUint16(22, 3, isLittle);
  view.setUint32(24, 1, isLittle);
  view.setUint16(28, value, isLittle);
  return Uint8Array.from([
    ...file.subarray(0, 2),
    ...segment,
    ...file.subarray(2),
  ]);
}

/** EXIF as PNG and WebP have it, of that orientation: the TIFF file of a JPEG's segment. */
function exif(value: number): readonly number[] {
  return [...turnedJpeg(QUARTERS, { value }).subarray(12, 38)];
}

/** A PNG with a chunk of that orientation, before its pixels or after them. */
export function turnedPng(
  file: Uint8Array,
  { value, isLast = false }: {
    readonly value: number;
    readonly isLast?: boolean;
  },
): Uint8Array {
  const data = Uint8Array.of(
    ...new TextEncoder().encode("eXIf"),
    ...exif(value),
  );
  const whole = new Uint8Array(data.length + 8);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length - 4);
  whole.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  // Its first chunk takes 25 bytes after 8, its last one 12.
  const at = isLast ? file.length - 12 : 33;
  return Uint8Array.of(...file.subarray(0, at), ...whole, ...file.subarray(at));
}

/** The WebP with a chunk of that orientation, as some write it: as in a JPEG. */
export function turnedWebp(
  { value, isLikeJpeg = false }: {
    readonly value: number;
    readonly isLikeJpeg?: boolean;
  },
): Uint8Array {
  const start = isLikeJpeg ? [...new TextEncoder().encode("Exif\0\0")] : [];
  return Uint8Array.from(chunk("RIFF", [
    ...new TextEncoder().encode("WEBP"),
    ...chunk("VP8X", [8, 0, 0, 0, 11, 0, 0, 7, 0, 0]),
    ...WEBP.subarray(12),
    ...chunk("EXIF", [...start, ...exif(value)]),
  ]));
}

/** Writes files into a new folder, which is removed in the end. */
export async function imageFolder(
  files: Readonly<Record<string, Uint8Array>>,
): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await Deno.makeTempDir({ prefix: "images-" });
  for (const [path, bytes] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeFile(join(folder, path), bytes);
  }
  return {
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
