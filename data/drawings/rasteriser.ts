/**
 * Drawings as pixels.
 *
 * The renderer is WebAssembly without a system's fonts: the same bytes on every
 * machine. Some drawings stop it in the middle, and WebAssembly is in no known state after that. So
 * it lives in a worker of its own: a drawing that fails is told by name, and a
 * new worker goes on with the next drawing.
 *
 * @module
 */
import type { Drawing, DrawReply, DrawRequest, Raster } from "./drawing.ts";

/** What became of one drawing. */
export type Drawn =
  | { readonly kind: "drawn"; readonly name: string; readonly raster: Raster }
  | {
    readonly kind: "skipped";
    readonly name: string;
    readonly reason: string;
  };

/** Draws, one request after the other. Disposing of it ends its worker. */
export interface Rasteriser extends Disposable {
  /**
   * Draws all of some drawings.
   *
   * @param options.font a TrueType font, for text of any family that it names
   * @returns what became of each, in their order
   * @throws {Error} if the renderer cannot start
   */
  draw(
    drawings: readonly Drawing[],
    options?: { readonly font?: Uint8Array },
  ): Promise<readonly Drawn[]>;
}

/** Starts a rasteriser. */
export function startRasteriser(): Rasteriser {
  let worker: Worker | undefined;

  function end(): void {
    worker?.terminate();
    worker = undefined;
  }

  return {
    async draw(drawings, { font } = {}) {
      const done: Drawn[] = [];
      while (done.length < drawings.length) {
        worker ??= newWorker();
        const left = drawings.slice(done.length);
        const { drawn, isWhole } = await ask(worker, { drawings: left, font });
        for (const raster of drawn) done.push(raster);
        if (!isWhole) end();
      }
      return done;
    },
    [Symbol.dispose]: end,
  };
}

function newWorker(): Worker {
  return new Worker(new URL("./rasterise_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: { read: "inherit" } },
  });
}

/** The drawings up to the last, or to the first that stops the worker. */
function ask(
  worker: Worker,
  request: DrawRequest,
): Promise<{ readonly drawn: readonly Drawn[]; readonly isWhole: boolean }> {
  const { promise, resolve, reject } = Promise.withResolvers<
    { readonly drawn: readonly Drawn[]; readonly isWhole: boolean }
  >();
  const drawn: Drawn[] = [];
  worker.onmessage = ({ data }: MessageEvent<DrawReply>) => {
    const { name = "" } = request.drawings[drawn.length] ?? {};
    drawn.push(drawnOf(name, data));
    if (data.kind === "failed") resolve({ drawn, isWhole: false });
    else if (drawn.length === request.drawings.length) {
      resolve({ drawn, isWhole: true });
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot start the rasteriser: ${event.message}`));
  };
  worker.postMessage(request);
  return promise;
}

function drawnOf(name: string, reply: DrawReply): Drawn {
  if (reply.kind === "failed") {
    return { kind: "skipped", name, reason: reply.reason };
  }
  return reply.raster === null
    ? { kind: "skipped", name, reason: "there is no ink" }
    : { kind: "drawn", name, raster: reply.raster };
}
