/** Folders of small images, as somebody's own would be. */
import { encode } from "fast-png";
import { dirname, join } from "node:path";

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
