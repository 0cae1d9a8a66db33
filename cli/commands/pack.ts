/**
 * `pack`: makes three files of somebody's own images, by class, which a
 * pipeline can read.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { startImageDecoder } from "../../data/asked/pictures/image_decoder.ts";
import { readImageSets } from "../../data/own/image_folder.ts";
import type { Images } from "../../data/images/images.ts";
import {
  checkAlike,
  encodePacked,
  type SetName,
  SETS,
} from "../../data/own/packed_images.ts";
import { printable } from "../display/line.ts";
import { byteSize, count } from "../display/quantities.ts";
import { someOf } from "../arguments/nearest.ts";
import { VERBOSE } from "../arguments/options.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { place, whole } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";

const WAY_OUT =
  "Fix or remove the files that cannot be read, or leave them out with --skip-unreadable\n";

/** The options of `pack`, and the words beside them. */
export const words = {
  images: {
    positional: true,
    value: place("FOLDER", { access: ["read"] }),
    needed: "Cannot pack: no folder given",
    help:
      "Folder with PNG, JPEG, GIF or WebP files in reference/CLASS/, test/CLASS/ and shifted/CLASS/.",
  },
  side: {
    value: whole("N", { min: 8, max: 256 }),
    default: 32,
    help: "Side length of the images in pixels (default: 32).",
  },
  to: {
    value: place("DIR", { access: ["write"] }),
    default: "own",
    help: "Folder to write (default: own).",
  },
  skipUnreadable: {
    help: "Leaves out files that cannot be read, and lists them.",
  },
  verbose: VERBOSE,
} as const satisfies Words;

/** What a line asks of `pack`. */
type Pack = Asked<typeof words>;

/** @returns the exit code: 2 if the images cannot be used */
export async function run(command: Pack, shell: Shell): Promise<number> {
  const { side, skipUnreadable } = command;
  const from = resolve(shell.folder, command.images);
  const folder = resolve(shell.folder, command.to);
  using decoder = startImageDecoder(side);
  const { signal } = shell;
  const options = { side, decoder, skipUnreadable, signal };
  const read = await readImageSets(from, options);
  if (read.kind === "refused") {
    for (const problem of read.problems) {
      shell.stderr.write(`${printable(problem)}\n`);
    }
    const isUnreadable = read.problems
      .some((problem) => problem.startsWith("Cannot read image: "));
    if (isUnreadable) shell.stderr.write(WAY_OUT);
    return 2;
  }
  const { sets, leftOut } = read;
  try {
    checkAlike(basename(from), sets);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
  for (const one of leftOut) {
    shell.stderr.write(`Left out: ${printable(one)}\n`);
  }
  for (const name of SETS) {
    const content = printable(contentText(sets[name]));
    shell.stdout.write(`${name}: ${content}\n`);
  }
  shell.stdout.write(`${noiseText(sets)}\n`);

  // All is read before anything is written.
  await Deno.mkdir(folder, { recursive: true });
  let total = 0;
  for (const name of SETS) {
    const bytes = encodePacked(sets[name], {
      leftOut: leftOut.filter((one) => one.startsWith(`${name}/`)),
    });
    await Deno.writeFile(join(folder, `${name}.safetensors`), bytes);
    total += bytes.length;
  }
  shell.stdout.write(
    `Wrote ${pathFrom(shell.folder, folder)}: ${
      count(SETS.length, "file")
    } of ${side} × ${side} pixels, ${byteSize(total)}\n`,
  );
  return 0;
}

/** What so many test images can tell, at the accuracy that is the noisiest. */
function noiseText(
  { test, shifted }: Readonly<Record<SetName, Images>>,
): string {
  const [before, after] = [test, shifted].map(({ labels: { length } }) =>
    `${(196 * Math.sqrt(0.25 / length)).toFixed(1)} points with ${length}`
  );
  return `Noise of an accuracy (95%): up to ±${before} test images, ±${after} shifted ones`;
}

/** `90 images of 3 classes: cat 30, dog 30, owl 30` */
function contentText({ labels, classes }: Images): string {
  const counts = classes.map((name, i) =>
    `${name} ${[...labels].filter((label) => label === i).length}`
  );
  const kinds = classes.length === 1 ? "1 class" : `${classes.length} classes`;
  return `${count(labels.length, "image")} of ${kinds}: ${someOf(counts, 10)}`;
}
