/**
 * `pack`: makes three files of somebody's own images, by class, which a
 * pipeline can read.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { readImageFolder } from "../../data/image_folder.ts";
import { type Images, images as codec } from "../../data/images.ts";
import { checkAlike, type SetName, SETS } from "../../data/packed_images.ts";
import { startRasteriser } from "../../data/rasteriser.ts";
import { printable } from "../display/line.ts";
import { byteSize, count } from "../display/quantities.ts";
import type { Pack } from "../grammar/pack.ts";
import { someOf } from "../nearest.ts";
import { pathFrom } from "../project_of.ts";
import type { Shell } from "../shell.ts";
import { UsageError } from "../usage_error.ts";

/** @returns the exit code */
export async function run(command: Pack, shell: Shell): Promise<number> {
  const from = resolve(shell.folder, command.images);
  const folder = resolve(shell.folder, command.to ?? "own");
  const sets: Partial<Record<SetName, Images>> = {};
  using rasteriser = startRasteriser();
  for (const name of SETS) {
    shell.signal.throwIfAborted();
    try {
      sets[name] = await readImageFolder(join(from, name), {
        ...{ side: command.side, rasteriser },
      });
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      throw new UsageError(cause.message, { cause });
    }
    shell.stdout.write(`${name}: ${printable(told(sets[name]))}\n`);
  }
  try {
    checkAlike(basename(from), sets as Record<SetName, Images>);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }

  // All is read before anything is written.
  await Deno.mkdir(folder, { recursive: true });
  let total = 0;
  for (const name of SETS) {
    const bytes = codec.encode(sets[name] as Images);
    await Deno.writeFile(join(folder, `${name}.safetensors`), bytes);
    total += bytes.length;
  }
  shell.stdout.write(
    `Written to ${pathFrom(shell.folder, folder)}: ${
      count(SETS.length, "file")
    } of ${command.side} × ${command.side} pixels, ${byteSize(total)}\n`,
  );
  return 0;
}

/** `90 images of 3 classes: cat 30, dog 30, owl 30` */
function told({ labels, classes }: Images): string {
  const counts = classes.map((name, i) =>
    `${name} ${[...labels].filter((label) => label === i).length}`
  );
  const kinds = classes.length === 1 ? "1 class" : `${classes.length} classes`;
  return `${count(labels.length, "image")} of ${kinds}: ${someOf(counts, 10)}`;
}
