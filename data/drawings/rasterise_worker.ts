/**
 * Entry of the worker that draws: it holds the renderer's WebAssembly and
 * nothing else, and is thrown away when a drawing stops it.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Drawing, DrawReply, DrawRequest, Raster } from "./drawing.ts";

/** The part of a worker's global scope that this module uses. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<DrawRequest>) => void) | null;
  postMessage(message: DrawReply, transfer: readonly Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

// A failure here is not a drawing's fault: it reaches the other side as the
// error of this worker.
const started = initWasm(
  readFileSync(
    new URL(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm")),
  ),
);

scope.onmessage = async ({ data: { drawings, font } }) => {
  await started;
  for (const drawing of drawings) {
    try {
      const raster = draw(drawing, font);
      scope.postMessage(
        { kind: "drawn", raster },
        raster === null ? [] : [raster.pixels.buffer],
      );
    } catch (error) {
      scope.postMessage({ kind: "failed", reason: String(error) }, []);
      return;
    }
  }
};

/** Where the ink of text is looked for: its origin is in the middle, with much room around it. */
const ROOM = "-5000 -5000 10000 10000";

function draw(
  { content, view, side, background }: Drawing,
  font: Uint8Array | undefined,
): Raster | null {
  const box = view === "ink" ? inkOf(content, font) : view;
  if (box === null) return null;
  const drawing = new Resvg(
    svg(content, { view: box.join(" "), side }),
    optionsOf(font, background),
  );
  // Not freed if this throws: the worker ends then.
  const image = drawing.render();
  const raster = { side: image.width, pixels: image.pixels.slice() };
  image.free();
  drawing.free();
  return raster;
}

type Box = readonly [x: number, y: number, width: number, height: number];

/** The smallest square around all ink, or nothing if there is none. */
function inkOf(content: string, font: Uint8Array | undefined): Box | null {
  const drawing = new Resvg(
    svg(content, { view: ROOM, side: 1 }),
    optionsOf(font, undefined),
  );
  const { x = 0, y = 0, width = 0, height = 0 } = drawing.getBBox() ?? {};
  drawing.free();
  const side = Math.max(width, height);
  return side > 0
    ? [x - (side - width) / 2, y - (side - height) / 2, side, side]
    : null;
}

function svg(
  content: string,
  { view, side }: { readonly view: string; readonly side: number },
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${view}" width="${side}" height="${side}">${content}</svg>`;
}

function optionsOf(font: Uint8Array | undefined, background?: string) {
  return {
    font: { fontBuffers: font === undefined ? [] : [font] },
    ...(background === undefined ? {} : { background }),
  };
}
