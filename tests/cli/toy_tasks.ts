/** Tasks that take no time and need no data, for tests of the command line. */
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { safetensors } from "../../engine/define/safetensors.ts";
import { defineTask } from "../../engine/define/task.ts";
import { GpuFault } from "../../models/device/gpu_fault.ts";

const numbers = json(z.array(z.number()));
const text = json(z.string());

export const load = defineTask({
  module: import.meta.url,
  name: "load",
  result: numbers,
  run: ({ size }: { size: number; of?: string }) =>
    Array.from({ length: size }, (_, i) => i),
});

/** Fails as a training does: with a cause of its own. */
export const train = defineTask({
  module: import.meta.url,
  name: "train",
  result: { weights: safetensors, history: numbers },
  run(
    { data, epochs, fails }: {
      data: readonly number[];
      epochs: number;
      fails: boolean;
    },
    { progress },
  ) {
    const history: number[] = [];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      if (fails) {
        throw new Error("Cannot train: the loss is NaN at epoch 1, step 3", {
          cause: new RangeError("the learning rate is 1000"),
        });
      }
      history.push(1 / epoch);
      progress({
        unit: "epoch",
        done: epoch,
        total: epochs,
        loss: 1 / epoch,
        images: 800,
      });
    }
    const weights = {
      arrays: {
        filter: { shape: [2, 2], data: new Float32Array([0, 1, 2, NaN]) },
        labels: { shape: [data.length], data: Uint8Array.from(data) },
      },
      metadata: { classes: "cat, dog" },
    };
    return { weights, history };
  },
});

/** Fails on a device named "gpu" as if that had. */
export const trainOnDevice = defineTask({
  module: import.meta.url,
  name: "trainOnDevice",
  result: numbers,
  run({ epochs }: { epochs: number }, { environment }) {
    if (environment["device"] !== "wasm") {
      throw new GpuFault("Cannot trust the GPU's results: the device is lost");
    }
    return Array.from({ length: epochs }, (_, i) => 1 / (i + 1));
  },
});

export const conclude = defineTask({
  module: import.meta.url,
  name: "conclude",
  result: text,
  run: ({ history }: { history: readonly number[] }) =>
    `the loss went from ${history[0]} to ${history.at(-1)}`,
});

/** Reads a data file that is not there. */
export const readData = defineTask({
  module: import.meta.url,
  name: "readData",
  result: text,
  async run({ path }: { path: string }) {
    try {
      return await Deno.readTextFile(path);
    } catch (cause) {
      throw new Error(
        `Cannot read "${path}" of toy-data@1.0.0: the file is missing, run \`deno install\``,
        { cause },
      );
    }
  },
});

/** Makes progress, and ends only when it is stopped. */
export const trainForever = defineTask({
  module: import.meta.url,
  name: "trainForever",
  result: text,
  async run({ epochs }: { epochs: number }, { progress }) {
    for (let step = 1;; step++) {
      progress({
        unit: "step",
        done: step % (epochs * 50),
        total: epochs * 50,
        epoch: Math.ceil((step % (epochs * 50)) / 50),
        epochs,
        loss: 2 / Math.sqrt(step),
        images: 40,
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
});

/** Computes without ever yielding, in JavaScript or in WebAssembly. */
export const computeForever = defineTask({
  module: import.meta.url,
  name: "computeForever",
  result: text,
  async run(
    { inside }: { inside: "JavaScript" | "WebAssembly" },
    { progress },
  ) {
    progress({ unit: "step", done: 0, total: 1 });
    if (inside === "JavaScript") { for (let i = 0;; i++) Math.sqrt(i); }
    // (module (func (export "spin") (loop br 0)))
    const { instance } = await WebAssembly.instantiate(
      Uint8Array.from(
        "0061736d0100000001040160000003020100070801047370696e00000a0901070003400c000b0b"
          .match(/../g) ?? [],
        (byte) => parseInt(byte, 16),
      ),
    );
    (instance.exports["spin"] as () => void)();
    return "never";
  },
});

/** Ends as soon as its unfinished work is not what it left there. */
export const waitForWord = defineTask({
  module: import.meta.url,
  name: "waitForWord",
  result: text,
  async run(_: Readonly<Record<string, never>>, { scratch }) {
    await scratch.save(new Uint8Array());
    for (;;) {
      const word = new TextDecoder().decode(await scratch.load());
      if (word !== "") return word;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
});

/** The text of some bytes. */
export const readTable = defineTask({
  module: import.meta.url,
  name: "readTable",
  result: text,
  run: ({ table }: { table: Uint8Array }) => new TextDecoder().decode(table),
});

/** Prints in each way that goes to the standard output. */
export const talk = defineTask({
  module: import.meta.url,
  name: "talk",
  result: text,
  run(_: Readonly<Record<string, never>>) {
    const { log, info, debug, dir, dirxml, table, count, group } = console;
    for (const print of [log, info, debug, dir, dirxml, table, count, group]) {
      print("Hello from a stage");
    }
    return "said";
  },
});
