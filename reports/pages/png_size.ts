/**
 * How large a picture is.
 *
 * @module
 */

/** Width and height in pixels as the first chunk of a PNG file says them; nothing of bytes that are too few. */
export function pngSize(
  png: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  if (png.length < 24) return undefined;
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
