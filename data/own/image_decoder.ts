/**
 * Files of images as small square pictures: PNG, JPEG (of cameras and of print,
 * CMYK), GIF (its first picture) and WebP.
 *
 * @module
 */
import type { DecodeReply, DecodeRequest } from "./decode_worker.ts";

/** Decodes, one file after the other. Disposing of it ends its worker. */
export interface ImageDecoder extends Disposable {
  /**
   * A picture as it is seen when upright, its middle made small, on white:
   * [side, side, 3]; or why there is none, after the name of the file.
   *
   * @throws {Error} if the decoder cannot start
   */
  decode(bytes: Uint8Array): Promise<Uint8Array | string>;
}

/** Starts a decoder of pictures to that side in pixels. */
export function startImageDecoder(side: number): ImageDecoder {
  let worker: Worker | undefined;

  function end(): void {
    worker?.terminate();
    worker = undefined;
  }

  return {
    async decode(bytes) {
      if (!isKnown(bytes)) {
        return "is not a PNG, JPEG, GIF or WebP file; convert it to one of these";
      }
      worker ??= newWorker();
      const pixels = await ask(worker, { bytes, side });
      if (pixels !== null) return pixels;
      end();
      return "is damaged";
    },
    [Symbol.dispose]: end,
  };
}

function newWorker(): Worker {
  return new Worker(new URL("./decode_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: { read: "inherit" } },
  });
}

function ask(worker: Worker, request: DecodeRequest): Promise<DecodeReply> {
  const { promise, resolve, reject } = Promise.withResolvers<DecodeReply>();
  worker.onmessage = ({ data }: MessageEvent<DecodeReply>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot start the image decoder: ${event.message}`));
  };
  worker.postMessage(request);
  return promise;
}

/** By the first bytes of a file, here as letters of Windows-1252, whatever it is called. */
function isKnown(bytes: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 12));
  return /^(?:‰PNG|ÿØÿ|GIF8|RIFF[^]{4}WEBP)/.test(start);
}
