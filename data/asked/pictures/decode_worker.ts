/**
 * Entry of the worker that decodes: a damaged file stops the decoder's
 * WebAssembly in the middle, and the worker is thrown away then.
 *
 * @module
 */
import { PhotonImage } from "@silvia-odwyer/photon-node";
import { type JpegDecoder, openJpegDecoder } from "./jpeg_decoder.ts";
import { upright } from "./orientation.ts";
import { type Picture, smallSquare } from "./small_square.ts";

/** What the worker is asked: a file, the side to make it, and how it is turned. */
export interface DecodeRequest {
  readonly bytes: Uint8Array;
  /** Whether it is a JPEG file. */
  readonly isJpeg: boolean;
  /** Whether it is too large for the decoder that knows all kinds, and reduced by the other. */
  readonly isPart: boolean;
  /** Side in pixels. */
  readonly side: number;
  /** EXIF's orientation, 1 to 8. */
  readonly orientation: number;
}

/** Its pixels, [side, side, 3]; `null` if it is damaged. */
export type DecodeReply = Uint8Array | null;

/** The part of a worker's global scope that this module uses. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<DecodeRequest>) => void) | null;
  postMessage(message: DecodeReply): void;
}

const scope = globalThis as unknown as WorkerScope;

let jpeg: Promise<JpegDecoder> | undefined;

scope.onmessage = async (
  { data: { bytes, isJpeg, isPart, side, orientation } },
) => {
  const fast = isJpeg
    ? (await (jpeg ??= openJpegDecoder()))(bytes, side)
    : null;
  try {
    const picture = fast ?? (isPart ? null : decoded(bytes));
    if (picture === null) return scope.postMessage(null);
    const small = smallSquare(picture, side);
    scope.postMessage(upright(small, { side, orientation }));
  } catch {
    scope.postMessage(null);
  }
};

/** By the decoder that knows all kinds. */
function decoded(bytes: Uint8Array): Picture {
  const image = PhotonImage.new_from_byteslice(bytes);
  const [width, height] = [image.get_width(), image.get_height()];
  const pixels = image.get_raw_pixels();
  image.free();
  return { width, height, pixels };
}
