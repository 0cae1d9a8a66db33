/**
 * JPEG files decoded at a half, a quarter or an eighth of their size where that
 * is enough: libjpeg-turbo as WebAssembly, which then does not compute the rest.
 *
 * @module
 */
import {
  type PinnedFile,
  readPinnedFile,
} from "../../../engine/define/pinned_file.ts";
import type { Picture } from "./small_square.ts";

/** Its file in its package; of the package's own code nothing runs. */
const JPEG_DECODER: PinnedFile = {
  source: "@cwasm/jpeg-turbo",
  version: "0.1.3",
  name: "jpeg-turbo.wasm",
  sha256: "80ed55eef2d0ff276f837ef521fad8181ccdfa6f298f652f6e45aed7fbbbc871",
};

/** What the file exports: TurboJPEG's functions, by pointers. */
interface TurboJpeg {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(pointer: number): void;
  tjInitDecompress(): number;
  tjDestroy(decoder: number): number;
  tjDecompressHeader3(
    ...pointers: [number, number, number, number, number, number, number]
  ): number;
  tjDecompress2(
    ...parameters: [
      decoder: number,
      file: number,
      size: number,
      into: number,
      width: number,
      pitch: number,
      height: number,
      format: number,
      flags: number,
    ]
  ): number;
}

/** So many decoded pixels a side are averaged to one at the least. */
const FINER = 4;

/** TurboJPEG's number of red, green, blue and alpha. */
const RGBA = 7;

/** By how much a JPEG of that size is reduced while it is decoded: a half, a quarter, an eighth, or not. */
export function reducedBy(
  { width, height }: Pick<Picture, "width" | "height">,
  side: number,
): number {
  const least = FINER * side;
  return [8, 4, 2].find((by) => Math.min(width, height) / by >= least) ?? 1;
}

/** Decodes; null for a file that is damaged or of a kind that it cannot make RGB of, as of print. */
export type JpegDecoder = (
  bytes: Uint8Array,
  side: number,
) => Picture | null;

/**
 * Reads the decoder: pictures come out as small as may be with four times
 * `side` pixels on either side, if they have as many.
 *
 * @throws {Error} if its file is missing or altered
 */
export async function openJpegDecoder(): Promise<JpegDecoder> {
  const module = await WebAssembly.compile(await readPinnedFile(JPEG_DECODER));
  let turbo: TurboJpeg | undefined;
  return (bytes, side) => {
    turbo ??= started(module);
    try {
      const picture = decoded(turbo, { bytes, side });
      if (picture === null) turbo = undefined;
      return picture;
    } catch {
      turbo = undefined; // it was left in the middle
      return null;
    }
  };
}

function started(module: WebAssembly.Module): TurboJpeg {
  const stop = () => {
    throw new Error("Cannot decode a JPEG file: it is damaged");
  };
  const { exports } = new WebAssembly.Instance(module, {
    env: { setjmp: () => 0, longjmp: stop },
    wasi_snapshot_preview1: {
      environ_sizes_get: () => 0,
      environ_get: stop,
      proc_exit: stop,
      fd_close: stop,
      fd_seek: stop,
      fd_write: stop,
    },
  });
  return exports as unknown as TurboJpeg;
}

function decoded(
  turbo: TurboJpeg,
  { bytes, side }: { readonly bytes: Uint8Array; readonly side: number },
): Picture | null {
  const allocated: number[] = [];
  const allocate = (size: number) => {
    const pointer = turbo.malloc(size);
    if (pointer === 0) {
      throw new RangeError("Cannot decode a JPEG file: memory");
    }
    allocated.push(pointer);
    return pointer;
  };
  const [decoder, file] = [turbo.tjInitDecompress(), allocate(bytes.length)];
  new Uint8Array(turbo.memory.buffer).set(bytes, file);
  const about = allocate(16);
  const hasHeader = turbo.tjDecompressHeader3(
    decoder,
    file,
    bytes.length,
    about,
    about + 4,
    about + 8,
    about + 12,
  ) === 0;
  const [fullWidth, fullHeight] = new Uint32Array(
    turbo.memory.buffer,
    about,
    2,
  ) as unknown as [number, number];
  if (!hasHeader) return null;
  const by = reducedBy({ width: fullWidth, height: fullHeight }, side);
  const [width, height] = [
    Math.ceil(fullWidth / by),
    Math.ceil(fullHeight / by),
  ];
  const into = allocate(width * height * 4);
  const isWhole = turbo.tjDecompress2(
    decoder,
    file,
    bytes.length,
    into,
    width,
    4 * width,
    height,
    RGBA,
    0,
  ) === 0;
  const pixels = new Uint8Array(turbo.memory.buffer)
    .slice(into, into + width * height * 4);
  for (const pointer of allocated) turbo.free(pointer);
  turbo.tjDestroy(decoder);
  return isWhole ? { width, height, pixels } : null;
}
