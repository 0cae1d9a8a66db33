/** Predictions and features to be asked about. */
import { join } from "node:path";
import { stream } from "../../../engine/define/random.ts";

/** Examples of each set. */
const N = 120;

/** An array of 32-bit floats as NumPy writes it: two features of each example, the first moved. */
export function npy(seed: number, moved: number): Uint8Array {
  const header =
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${N}, 2), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + 8 * N);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  const text = `${header.padEnd(length - 11)}\n`;
  bytes.set(new TextEncoder().encode(text), 10);
  const random = stream(seed, "features");
  const values = Float32Array.from(
    { length: 2 * N },
    (_, i) => random.normal() + (i % 2 === 0 ? moved : 0),
  );
  bytes.set(new Uint8Array(values.buffer), length);
  return bytes;
}

/** A table of two models on N examples of each set, and features of which those of the shifted set are moved. */
export async function writeTable(
  folder: string,
  { moved, linked }: {
    readonly moved: number;
    /** Whether a column `camera` goes with the label in the reference set; left out, there is none. */
    readonly linked?: boolean;
  },
): Promise<void> {
  const random = stream(5, "predictions");
  const rows = ["reference", "shifted"].flatMap((set) =>
    Array.from({ length: N }, (_, i) => {
      const label = i % 2;
      const guess = () => random.integer(10) < 8 ? label : 1 - label;
      const own = linked && set === "reference" && random.uniform() < 0.9;
      const camera = linked === undefined
        ? ""
        : `,${"AB"[own ? label : random.integer(2)]}`;
      return `${set},${label},${guess()},${guess()}${camera}`;
    })
  );
  await Deno.writeTextFile(
    join(folder, "predictions.csv"),
    [
      `set,label,first,second${linked === undefined ? "" : ",camera"}`,
      ...rows,
      "",
    ].join("\n"),
  );
  await Deno.writeFile(join(folder, "reference.npy"), npy(1, 0));
  await Deno.writeFile(join(folder, "shifted.npy"), npy(2, moved));
}

/** Words that ask about it. */
export const TABLE = [
  ...["--table", "predictions.csv"],
  ...["--features", "reference.npy", "shifted.npy"],
];
