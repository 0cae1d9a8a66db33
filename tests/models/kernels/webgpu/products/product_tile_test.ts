import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { cutProduct } from "../../../../../models/kernels/webgpu/products/product_cut.ts";
import {
  chooseTile,
  clocksOf,
  lanesOf,
  tileDepth,
} from "../../../../../models/kernels/webgpu/products/product_tile.ts";
import {
  HALF_PRECISION,
  type Precision,
  type ProductTile,
  type Tiling,
  tilingOf,
} from "../../../../../models/kernels/webgpu/gpu/tiling.ts";
import { onEachDevice } from "../../../on_each_device.ts";
import { use } from "../../on_kernels.ts";
import { relativeError } from "../../../relative_error.ts";
import { sample, tensor, TOLERANCE } from "../../samples.ts";
import { inFull } from "../../../../full.ts";

const GPU = tilingOf({ software: false });

Deno.test("tiles fit into the shared memory and the workgroups that every device has", () => {
  for (const tile of GPU.tiles) {
    for (const [precision, bytes] of [["single", 4], ["half", 2]] as const) {
      const values = (tile.rows + tile.columns) * tileDepth(precision);
      assert(values * bytes <= 16_384);
    }
    assert(lanesOf(tile) <= 256 && lanesOf(tile) % 32 === 0);
  }
});

Deno.test("chooseTile() takes large tiles where they fill a card, and narrow ones for narrow products", () => {
  const chosen = (rows: number, columns: number, batch = 1): string => {
    const tile = chooseTile({ batch, rows, columns }, {
      tiles: GPU.tiles,
      slices: 1,
    });
    return `${tile.rows}×${tile.columns}`;
  };
  assert.equal(chosen(4096, 4096), "128×128");
  assert.equal(chosen(64, 64, 512), "64×64");
  assert.equal(chosen(65_536, 32), "128×32");
  assert.equal(chosen(64, 16, 512), "64×16");
  assert.equal(chosen(256, 256), "32×32");
  // As many clocks as with 128×128, and a third less that nobody asked for.
  assert.equal(chosen(8192, 192), "128×64");
});

Deno.test("clocksOf() counts arithmetic at full rate for 8×8 places an invocation and at half of it for 4×4", () => {
  const sizes = { batch: 1, rows: 128 * 132, columns: 128 };
  const clocks = GPU.tiles.map((tile) =>
    clocksOf(sizes, { tile, slices: 1 }) * 128 / (128 * 128)
  );
  assert.deepEqual(clocks, [1, 1, 1, 1, 2, 2]);
});

Deno.test("cutProduct() cuts a depth in slices that do not depend on the tile", () => {
  const sizes = { batch: 1, rows: 144, depth: 32_768, columns: 32 };
  const cuts = GPU.tiles.map((tile) =>
    cutProduct(sizes, { tiling: { ...GPU, tiles: [tile] } })
  );
  const [first] = cuts;
  for (const { tile, slices, depthEach } of cuts) {
    assert(GPU.tiles.includes(tile as typeof GPU.tiles[number]));
    assert(slices > 64 && depthEach % 32 === 0);
    assert.deepEqual([slices, depthEach], [first?.slices, first?.depthEach]);
  }
  const whole = cutProduct(sizes, { tiling: GPU, whole: true });
  assert.equal(whole.slices, 1);
});

/** The largest tile, one that lanes load in unequal rounds, and the narrowest: of the others both sides are among these. */
const COMPILED = [0, 3, 5].map((i) => GPU.tiles[i] as ProductTile);

/** A product in slices and the gradients of a convolution: none divides into tiles. */
function products(precision: Precision): tf.Tensor[] {
  return tf.tidy(() => {
    const product = tf.matMul(
      tensor<tf.Tensor2D>(sample([70, 2100], 1)),
      tensor<tf.Tensor2D>(sample([2100, 50], 2)),
    );
    if (precision === "half") return [product];
    const gradients = tf.grads((x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same")
    )([
      tensor(sample([2, 9, 8, 36], 3)),
      tensor(sample([3, 3, 36, 68], 4)),
    ], tensor(sample([2, 9, 8, 68], 5)));
    return [product, ...gradients];
  });
}

for (const precision of inFull("half", "single")) {
  onEachDevice(
    `every tile gives a product the same bytes in ${precision} precision`,
    async (device) => {
      const results = async (tiling: Tiling) => {
        const gpu = use(tiling);
        gpu.precision = precision;
        const tensors = products(precision);
        const data = await Promise.all(tensors.map((one) => one.data()));
        tf.dispose(tensors);
        device.tick();
        return data.map((one) => one.slice() as Float32Array);
      };
      if (
        precision === "half" &&
        !use("hardware").device.features.has(HALF_PRECISION)
      ) return;
      const expected = await results(tilingOf({ software: true }));
      let first: Float32Array[] | undefined;
      for (const tile of COMPILED) {
        const all = await results({ ...GPU, tiles: [tile] });
        first ??= all;
        assert.deepEqual(all, first, `${tile.rows}×${tile.columns}`);
      }
      use("software");
      const most = precision === "half" ? 3e-3 : TOLERANCE;
      for (const [i, one] of expected.entries()) {
        const error = relativeError(first?.[i] ?? [], one);
        assert(error < most, `result ${i}: ${error}`);
      }
    },
    { devices: ["webgpu-software"] },
  );
}
