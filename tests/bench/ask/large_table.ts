/** A table of predictions as large as those of ImageNet, and features of its examples. */
import { join } from "node:path";
import { stream } from "../../../engine/define/random.ts";

/** How much there is of everything. */
export interface TableSize {
  /** Rows of each set. */
  readonly rows: number;
  /** Columns of the features. */
  readonly features: number;
  readonly models: number;
  readonly classes: number;
}

/** So many rows are written at once. */
const BLOCK = 1000;

/** Writes the table and its features, of which one column is moved in the shifted set; gives the words that ask about them. */
export async function writeLargeTable(
  folder: string,
  size: TableSize,
): Promise<readonly string[]> {
  const { rows, models, classes } = size;
  const path = (name: string) => join(folder, name);
  {
    using file = await Deno.create(path("predictions.csv"));
    const names = Array.from({ length: models }, (_, i) => `model ${i}`);
    await write(file, `set,label,${names.join(",")}\n`);
    for (const set of ["reference", "shifted"]) {
      for (let row = 0; row < rows; row += BLOCK) {
        const random = stream(1, "predictions", set, row);
        const some = Math.min(BLOCK, rows - row);
        const lines = Array.from({ length: some }, (_, i) => {
          const label = (row + i) % classes;
          const guesses = names.map((_, model) =>
            random.uniform() < 0.4 + 0.5 * model / models
              ? label
              : random.integer(classes)
          );
          return `${set},${label},${guesses.join(",")}\n`;
        });
        await write(file, lines.join(""));
      }
    }
  }
  for (const [set, moved] of [["reference", 0], ["shifted", 0.5]] as const) {
    await writeFeatures(path(`${set}.npy`), { size, set, moved });
  }
  return [
    ...["--table", "predictions.csv"],
    ...["--features", "reference.npy", "shifted.npy"],
  ];
}

async function writeFeatures(
  path: string,
  { size: { rows, features }, set, moved }: {
    readonly size: TableSize;
    readonly set: string;
    readonly moved: number;
  },
): Promise<void> {
  using file = await Deno.create(path);
  const header =
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${features}), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64;
  const start = new Uint8Array([
    ...[0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, 0, 0],
    ...new TextEncoder().encode(`${header.padEnd(length - 11)}\n`),
  ]);
  new DataView(start.buffer).setUint16(8, length - 10, true);
  await write(file, start);
  for (let row = 0; row < rows; row += BLOCK) {
    const random = stream(2, "features", set, row);
    const values = Float32Array.from(
      { length: Math.min(BLOCK, rows - row) * features },
      (_, i) => random.normal() + (i % features === 0 ? moved : 0),
    );
    await write(file, new Uint8Array(values.buffer));
  }
}

async function write(
  file: Deno.FsFile,
  content: string | Uint8Array,
): Promise<void> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  for (let at = 0; at < bytes.length;) {
    at += await file.write(bytes.subarray(at));
  }
}
