/**
 * Files of images as small square pictures: PNG, JPEG (of cameras and of print,
 * CMYK), GIF and WebP; of what moves, its first picture.
 *
 * @module
 */
import type { DecodeReply, DecodeRequest } from "./decode_worker.ts";
import {
  fileTypeOf,
  headerOf,
  type ImageHeader,
  isReadByRows,
} from "./image_header.ts";
import { reducedBy } from "./jpeg_decoder.ts";
import { orientationOf } from "./orientation.ts";

/** Decodes, several files at a time. Disposing of it ends its workers. */
export interface ImageDecoder extends Disposable {
  /** How many files are decoded at a time. */
  readonly workers: number;
  /**
   * A picture as it is seen when upright, its middle made small, on white; or
   * why there is none, after the name of the file.
   *
   * @throws {Error} if the decoder cannot start
   */
  decode(bytes: Uint8Array): Promise<SmallPicture | string>;
}

/** A picture made small; sides are those of the original, upright. */
export interface SmallPicture extends ImageHeader {
  /** [side, side, 3], 0…255. */
  readonly pixels: Uint8Array;
}

/** So many pixels a decoder holds three times over: 0.8 GB. Of a JPEG of more, those count that are left when it is reduced while it is decoded. */
const MOST_PIXELS = 64_000_000;

/** Whether an image has too many pixels to be decoded whole. */
function isLarge({ width, height }: Pick<ImageHeader, "width" | "height">) {
  return width * height > MOST_PIXELS;
}

/** Whether a large image can be decoded in parts to few enough pixels. */
function isReducible(
  { type, width, height }: ImageHeader,
  { bytes, side }: Pick<DecodeRequest, "bytes" | "side">,
): boolean {
  if (type !== "JPEG" || !isReadByRows(bytes)) return false;
  const by = reducedBy({ width, height }, side);
  return !isLarge({
    width: Math.ceil(width / by),
    height: Math.ceil(height / by),
  });
}

/** Starts a decoder of pictures to that side in pixels, one worker a core unless said otherwise. */
export function startImageDecoder(
  side: number,
  { workers = navigator.hardwareConcurrency }: { readonly workers?: number } =
    {},
): ImageDecoder {
  const idle = Array.from({ length: workers }, startLane);
  const all = idle.slice();
  const waiting: ((lane: Lane) => void)[] = [];
  return {
    workers,
    async decode(bytes) {
      if (bytes.length === 0) return "is empty";
      const type = fileTypeOf(bytes);
      if (type === undefined) {
        return "is not a PNG, JPEG, GIF or WebP file; convert it to one of these";
      }
      const header = headerOf(bytes, type);
      if (header === undefined) return "is damaged";
      const { width, height } = header;
      const isPart = isLarge(header);
      if (isPart && !isReducible(header, { bytes, side })) {
        return `is ${width} × ${height} pixels, and ${
          MOST_PIXELS / 1e6
        } million are the most; make it smaller`;
      }
      const orientation = orientationOf(bytes);
      const lane = idle.pop() ??
        await new Promise<Lane>((free) => waiting.push(free));
      try {
        const isJpeg = type === "JPEG";
        const pixels = await lane.ask({
          bytes,
          isJpeg,
          isPart,
          side,
          orientation,
        });
        if (pixels === null) return "is damaged";
        const turned = orientation < 5
          ? { width, height }
          : { width: height, height: width };
        return { type, ...turned, pixels };
      } finally {
        const next = waiting.shift();
        if (next === undefined) idle.push(lane);
        else next(lane);
      }
    },
    [Symbol.dispose]() {
      for (const lane of all) lane.end();
    },
  };
}

/** A worker that is started when it is needed, and anew after a damaged file. */
interface Lane {
  ask(request: DecodeRequest): Promise<DecodeReply>;
  end(): void;
}

function startLane(): Lane {
  let worker: Worker | undefined;
  function end(): void {
    worker?.terminate();
    worker = undefined;
  }
  return {
    async ask(request) {
      worker ??= newWorker();
      try {
        const reply = await ask(worker, request);
        if (reply === null) end();
        return reply;
      } catch (cause) {
        end(); // the next file would wait for its answer for ever
        throw cause;
      }
    },
    end,
  };
}

/** It is given bytes, and may read the files of its decoders alone. */
function newWorker(): Worker {
  const decoders = [
    new URL(".", import.meta.resolve("@silvia-odwyer/photon-node")),
    // The file of JPEG_DECODER, written out: what is read must be known before it runs.
    new URL(import.meta.resolve("@cwasm/jpeg-turbo/jpeg-turbo.wasm")),
  ];
  return new Worker(new URL("./decode_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: { read: decoders } },
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
