/**
 * Each product of a step with each tile: which is best on the adapter in hand.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../../../models/kernels/webgpu/gpu/gpu.ts";
import type {
  ProductTile,
  Tiling,
} from "../../../models/kernels/webgpu/gpu/tiling.ts";
import { listDispatches } from "./listed_dispatches.ts";
import { timeDispatches } from "./time_dispatches.ts";

/** A product of the step. */
export interface ProductTimes {
  readonly kernel: string;
  /** Milliseconds with the tile that the count chooses. */
  readonly chosen: number;
  /** Milliseconds with each tile, in the order of the tiling. */
  readonly tiles: readonly number[];
}

/** Captures and times the step with every tile, and with all to choose from. */
export async function compareTiles(
  { use, tiling, step, rounds }: {
    readonly use: (tiling: Tiling) => Gpu;
    readonly tiling: Tiling;
    readonly step: () => tf.Tensor;
    readonly rounds: number;
  },
): Promise<readonly ProductTimes[]> {
  const times: (readonly { kernel: string; milliseconds: number }[])[] = [];
  for (const tiles of [tiling.tiles, ...tiling.tiles.map((tile) => [tile])]) {
    const gpu = use({ ...tiling, tiles });
    const listed = listDispatches(gpu, step);
    const { dispatches } = await timeDispatches(gpu.device, listed.recording, {
      rounds,
    });
    // The tensors of a call differ from tile to tile, the order of the calls does not.
    const products = listed.dispatches.filter(({ command }) =>
      command.code.includes("tileA")
    );
    times.push(products.map(({ call, kernel }) => ({
      kernel,
      milliseconds: listed.dispatches.reduce(
        (sum, one, i) => one.call === call ? sum + (dispatches[i] ?? NaN) : sum,
        0,
      ),
    })));
    listed.dispose();
    gpu.trim();
  }
  const [chosen = [], ...others] = times;
  return chosen.map(({ kernel, milliseconds }, i) => ({
    kernel,
    chosen: milliseconds,
    tiles: others.map((one) => one[i]?.milliseconds ?? NaN),
  }));
}

/** The products as text, the greatest loss first. */
export function tilesTable(
  products: readonly ProductTimes[],
  tiles: readonly ProductTile[],
): string {
  const loss = ({ chosen, tiles }: ProductTimes) => chosen - Math.min(...tiles);
  const line = (name: string, ...cells: readonly string[]) =>
    [name.slice(0, 54).padEnd(54), ...cells.map((cell) => cell.padStart(9))]
      .join(" ");
  const micro = (milliseconds: number) => (1000 * milliseconds).toFixed(1);
  const names = tiles.map(({ rows, columns }) => `${rows}×${columns}`);
  const sum = (of: (one: ProductTimes) => number) =>
    products.reduce((total, one) => total + of(one), 0);
  return [
    line("product, µs with each tile", ...names, "chosen", "best", "loss"),
    ...products.toSorted((a, b) => loss(b) - loss(a)).map((one) =>
      line(
        one.kernel,
        ...one.tiles.map(micro),
        micro(one.chosen),
        names[one.tiles.indexOf(Math.min(...one.tiles))] ?? "",
        micro(loss(one)),
      )
    ),
    line(
      "all",
      ...tiles.map((_, t) => micro(sum((one) => one.tiles[t] ?? NaN))),
      micro(sum(({ chosen }) => chosen)),
      "",
      micro(sum(loss)),
    ),
  ].join("\n");
}
