/** What an input of one gibibyte costs a run. */
import { generateProject } from "./generated_project.ts";
import { medianOf, settle, timeOf } from "./measure.ts";

const GIBIBYTE = 2 ** 30;
const BLOCK = 2 ** 26;

/**
 * Times of a run whose code names a file of a gibibyte, over those of one that
 * names a file of a byte: with nothing known of it, and while it is unchanged.
 */
export async function hashingFigures(
  { folder, runs }: { readonly folder: string; readonly runs: number },
): Promise<Readonly<Record<string, number>>> {
  const first: Record<string, number> = {};
  const unchanged: Record<string, number> = {};
  for (const size of ["byte", "gibibyte"] as const) {
    const project = await generateProject({
      folder: `${folder}/${size}`,
      shape: "chain",
      stages: 1,
      asset: "./input.bin",
    });
    await writeInput(`${project.folder}/input.bin`, size);
    await timeOf(project);
    await settle();
    first[size] = await medianOf(runs, async () => {
      await Deno.remove(`${project.folder}/.store/code.json`)
        .catch(() => {});
      return await timeOf(project);
    });
    unchanged[size] = await medianOf(runs, () => timeOf(project));
  }
  const over = ({ gibibyte = NaN, byte = NaN }) => gibibyte - byte;
  return {
    hash_1gib_s: over(first),
    unchanged_1gib_s: over(unchanged),
    run_hashing_1gib_s: first["gibibyte"] ?? NaN,
    run_unchanged_1gib_s: unchanged["gibibyte"] ?? NaN,
  };
}

async function writeInput(
  path: string,
  size: "byte" | "gibibyte",
): Promise<void> {
  if (size === "byte") return await Deno.writeFile(path, new Uint8Array(1));
  const block = new Uint8Array(BLOCK);
  for (let at = 0; at < BLOCK; at += 2 ** 16) {
    crypto.getRandomValues(block.subarray(at, at + 2 ** 16));
  }
  using file = await Deno.open(path, { write: true, create: true });
  for (let written = 0; written < GIBIBYTE; written += BLOCK) {
    for (let at = 0; at < BLOCK;) at += await file.write(block.subarray(at));
  }
}
