/**
 * What the first bytes of a file say of the image in it, before it is decoded.
 *
 * @module
 */

/** Kinds of files that are read. */
export const FILE_TYPES = ["PNG", "JPEG", "GIF", "WebP"] as const;

/** Kind of a file, whatever it is called. */
export type FileType = typeof FILE_TYPES[number];

/** An image as its file announces it. */
export interface ImageHeader {
  readonly type: FileType;
  /** Width in pixels as stored, before a camera's turn. */
  readonly width: number;
  /** Height in pixels as stored. */
  readonly height: number;
}

const SIZES: Readonly<
  Record<FileType, (view: DataView) => readonly [number, number]>
> = {
  PNG: (view) => [view.getUint32(16), view.getUint32(20)],
  GIF: (view) => [view.getUint16(6, true), view.getUint16(8, true)],
  JPEG: jpegSize,
  WebP: webpSize,
};

/** The kind of a file by its first bytes, here as letters of Windows-1252; undefined if it is another. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 12));
  return start.startsWith("‰PNG")
    ? "PNG"
    : start.startsWith("ÿØÿ")
    ? "JPEG"
    : start.startsWith("GIF8")
    ? "GIF"
    : /^RIFF[^]{4}WEBP/.test(start)
    ? "WebP"
    : undefined;
}

/** What a file of a kind says of its image; undefined if it is damaged. */
export function headerOf(
  bytes: Uint8Array,
  type: FileType,
): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const [width, height] = SIZES[type](view);
    return width > 0 && height > 0 ? { type, width, height } : undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it ends too early
    return undefined;
  }
}

/**
 * The segments of a JPEG file: their markers, and where they are. It ends where
 * no marker follows, with a RangeError where the file does.
 */
export function* jpegSegments(
  view: DataView,
): Generator<{ readonly marker: number; readonly at: number }> {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    // Filling bytes and markers without a length stand alone.
    const isAlone = marker === 0xff || marker >= 0xd0 && marker <= 0xd9;
    if (!isAlone) yield { marker, at };
    at += marker === 0xff ? 1 : isAlone ? 2 : 2 + view.getUint16(at + 2);
  }
}

/**
 * Whether a JPEG file is decoded a few rows at a time, with no others in memory:
 * in one pass, as cameras write it. One for print (CMYK) is read by another
 * decoder, which holds all.
 */
export function isReadByRows(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let components = 0;
  try {
    for (const { marker, at } of jpegSegments(view)) {
      if (marker === 0xc0 || marker === 0xc1) {
        components = view.getUint8(at + 9);
      } // The first of the scans has all components, if it is the only one.
      else if (marker === 0xda) {
        return [1, 3].includes(components) &&
          view.getUint8(at + 4) === components;
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it ends too early
  }
  return false;
}

/** From the start of a frame, whichever of its thirteen kinds. */
function jpegSize(view: DataView): readonly [number, number] {
  for (const { marker, at } of jpegSegments(view)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf &&
      ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
  return [0, 0];
}

function webpSize(view: DataView): readonly [number, number] {
  const uint24 = (at: number) =>
    view.getUint16(at, true) + 65536 * view.getUint8(at + 2);
  // Of a file that is cut off the decoder makes up the rest. Its last byte may
  // be one that only fills up, which some leave out.
  if (view.getUint32(4, true) + 7 > view.byteLength) return [0, 0];
  switch (view.getUint8(15)) {
    case 0x58: // "VP8X": extended
      return [1 + uint24(24), 1 + uint24(27)];
    case 0x4c: { // "VP8L": lossless, 14 bits each
      const bits = view.getUint32(21, true);
      return [1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)];
    }
    default: // "VP8 ": 14 bits each
      return [
        view.getUint16(26, true) & 0x3fff,
        view.getUint16(28, true) & 0x3fff,
      ];
  }
}
