/**
 * What the dispatches of a training step cost, and what a card must spend on
 * them at least:
 *
 *     deno run -A tests/bench/dispatches.ts [--network r8|speedrun|vit] [--batch 128] [--tiles]
 *         [--kernels hardware|software] [--half] [--rounds 5] [--most 40] [--tflops 60] [--gbytes 3000]
 *
 * Every dispatch of a captured step with its workgroups, floating-point
 * operations, bytes and the least time by a roofline (by default of an H100 in
 * single precision without tensor cores); where the adapter has timestamps also
 * the time it took, worst first. What by count leaves a card idle is said
 * beside. `--tiles` times every product with every tile instead, and says what
 * the rule loses against the best. `--kernels hardware` runs the kernels for
 * GPUs on a software driver too.
 *
 * @module
 */
import { benchOptions, refuse } from "./bench_options.ts";
import { HALF_PRECISION } from "../../models/kernels/webgpu/gpu/tiling.ts";
import { compareTiles, tilesTable } from "./dispatches/compare_tiles.ts";
import {
  dispatchRows,
  dispatchTable,
  type Roofline,
} from "./dispatches/dispatch_table.ts";
import { listDispatches } from "./dispatches/listed_dispatches.ts";
import { openGpu } from "./dispatches/open_gpu.ts";
import { type NetworkName, NETWORKS, openStep } from "./dispatches/steps.ts";
import { timeDispatches } from "./dispatches/time_dispatches.ts";

const { values } = benchOptions({
  network: { type: "string", default: "r8" },
  batch: { type: "string", default: "128" },
  tiles: { type: "boolean", default: false },
  kernels: { type: "string" },
  half: { type: "boolean", default: false },
  rounds: { type: "string", default: "5" },
  most: { type: "string", default: "40" },
  tflops: { type: "string", default: "60" },
  gbytes: { type: "string", default: "3000" },
}, { numbers: ["batch", "rounds", "most", "tflops", "gbytes"] });

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** One of `choices`, however its letters are cased. */
function choose<T extends string>(
  option: string,
  { given, choices }: {
    readonly given: string;
    readonly choices: readonly T[];
  },
): T {
  const found = choices.find((one) => one === given.toLowerCase());
  if (found === undefined) {
    refuse(
      `Cannot list dispatches: --${option} "${given}" is none of ${
        choices.join(", ")
      }`,
    );
  }
  return found;
}

const network: NetworkName = choose("network", {
  given: values.network,
  choices: NETWORKS,
});
const kernels = values.kernels === undefined ? undefined : choose("kernels", {
  given: values.kernels,
  choices: ["hardware", "software"],
});
const batch = Number(values.batch);
const rounds = Number(values.rounds);
const roofline: Roofline = {
  operations: 1e12 * Number(values.tflops),
  bytes: 1e9 * Number(values.gbytes),
  processors: 132,
};

const device = await openGpu(kernels);
const { tiling, hasTimestamps } = device;
function use(chosen: typeof tiling): ReturnType<typeof device.use> {
  const gpu = device.use(chosen);
  if (values.half) {
    if (
      tiling.name === "software" || !gpu.device.features.has(HALF_PRECISION)
    ) {
      throw new Error(
        "Cannot multiply in half precision: the kernels for GPUs and an adapter with shader-f16 are needed; leave --half out",
      );
    }
    gpu.precision = "half";
  }
  return gpu;
}
print(
  `${device.adapter}, kernels for ${tiling.name}, ${network} at batch ${batch}, products in ${
    values.half ? "half" : "single"
  } precision`,
);
const gpu = use(tiling);
const step = openStep(network, { batch });
step.take().dispose(); // what is uploaded or compiled once is not part of a step
gpu.flush();

if (values.tiles) {
  if (!hasTimestamps || tiling.tiles.length === 0) {
    throw new Error(
      "Cannot compare tiles: the kernels for GPUs (--kernels hardware) and an adapter with timestamps are needed",
    );
  }
  const products = await compareTiles({ use, tiling, step: step.take, rounds });
  print(tilesTable(products, tiling.tiles));
} else {
  const listed = listDispatches(gpu, step.take);
  const times = hasTimestamps
    ? await timeDispatches(gpu.device, listed.recording, { rounds })
    : undefined;
  const rows = dispatchRows(listed.dispatches, {
    roofline,
    milliseconds: times?.dispatches,
  });
  print(dispatchTable(rows, { roofline, most: Number(values.most) }));
  const sum = (of: (row: typeof rows[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  print(
    `${listed.dispatches.length} dispatches, ${
      (sum(({ operations }) => operations) / 1e9).toFixed(2)
    } GFLOP, ${(sum(({ bytes }) => bytes) / 1e6).toFixed(0)} MB: at least ${
      (1e3 * sum(({ least }) => least)).toFixed(3)
    } ms at ${values.tflops} TFLOP/s and ${values.gbytes} GB/s`,
  );
  print(
    times === undefined
      ? "this adapter has no timestamps: nothing was timed"
      : `${
        (1e3 * sum(({ seconds = 0 }) => seconds)).toFixed(3)
      } ms by the timestamps of all dispatches, ${
        times.step.toFixed(3)
      } ms for the step by the clock`,
  );
  listed.dispose();
}
device.tick();
step.dispose();
device.dispose();
