/**
 * `pack`: makes three files of somebody's own images, by class, which a
 * pipeline can read.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { readImageFolder } from "../../data/own/image_folder.ts";
import { type Images, images as codec } from "../../data/images/images.ts";
import {
  checkAlike,
  type SetName,
  SETS,
} from "../../data/own/packed_images.ts";
import { startRasteriser } from "../../data/drawings/rasteriser.ts";
import { printable } from "../display/line.ts";
import { byteSize, count } from "../display/quantities.ts";
import { someOf } from "../arguments/nearest.ts";
import { VERBOSE } from "../arguments/options.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place, whole } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

/** The options of `pack`, and the words beside them. */
export const words = {
  images: {
    positional: true,
    value: place("FOLDER", { access: ["read"] }),
    needed: "Cannot pack: no folder is named",
    help:
      "Folder with reference/CLASS/, test/CLASS/ and shifted/CLASS/, in which PNG and JPEG files lie.",
  },
  side: {
    value: whole("N", { min: 8, max: 256 }),
    default: 32,
    help: "Side of the images in pixels, 32 unless said otherwise.",
  },
  to: {
    value: place("DIR", { access: ["write"] }),
    default: "own",
    help: "Folder to write, own unless said otherwise.",
  },
  verbose: VERBOSE,
} as const satisfies Words;

/** What a line asks of `pack`. */
type Pack = Asked<typeof words>;

/** @returns the exit code */
export async function run(command: Pack, shell: Shell): Promise<number> {
  const from = resolve(shell.folder, command.images);
  const folder = resolve(shell.folder, command.to);
  const sets: Partial<Record<SetName, Images>> = {};
  using rasteriser = startRasteriser();
  for (const name of SETS) {
    shell.signal.throwIfAborted();
    try {
      sets[name] = await readImageFolder(join(from, name), {
        side: command.side,
        rasteriser,
      });
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      throw new UsageError(cause.message, { cause });
    }
    shell.stdout.write(`${name}: ${printable(contentText(sets[name]))}\n`);
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
function contentText({ labels, classes }: Images): string {
  const counts = classes.map((name, i) =>
    `${name} ${[...labels].filter((label) => label === i).length}`
  );
  const kinds = classes.length === 1 ? "1 class" : `${classes.length} classes`;
  return `${count(labels.length, "image")} of ${kinds}: ${someOf(counts, 10)}`;
}
