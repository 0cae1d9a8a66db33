/**
 * Sets of images packed to files, in the folders of questions.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { startImageDecoder } from "../../data/asked/pictures/image_decoder.ts";
import type { ImagesQuestion, SetName } from "../../data/asked/question.ts";
import type { Listing } from "../../data/asked/sets/listing.ts";
import {
  type Packing,
  packSet,
  packStamp,
} from "../../data/asked/sets/pack_set.ts";
import { type PackedSet, packedSet } from "../../data/asked/sets/packed_set.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type { HashedSource } from "../../engine/define/source.ts";
import { pathFrom } from "../named/places.ts";
import { BeingWrittenError, writeWhole } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { type AskedQuestion, pageFolderOf } from "./ask_question.ts";
import { readingProgress } from "./reading_progress.ts";

/** A set that lies packed in a file. */
export interface PackedFile {
  readonly kind: "packed";
  readonly set: PackedSet;
  readonly source: HashedSource;
}

/** Packs a set, or reads it where it was packed, for this question or another, and nothing has changed since. */
export async function packedFile(
  set: SetName,
  { asked, question, listing, isKept, shell }: {
    readonly asked: AskedQuestion;
    readonly question: ImagesQuestion;
    readonly listing: Listing;
    /** Whether its file is written: not that of a question that cannot be asked. */
    readonly isKept: boolean;
    readonly shell: Shell;
  },
): Promise<PackedFile | Extract<Packing, { readonly kind: "refused" }>> {
  const folder = setsFolderOf(pageFolderOf(asked));
  const place = await Deno.realPath(question[set] as string);
  const stamp = packStamp(listing, { ...question, place });
  // The stamp is in the name: another one is another file.
  const name = `${set}-${stamp.slice(0, 16)}.safetensors`;
  const sourceOf = (file: string, bytes: Uint8Array): HashedSource => ({
    url: pathToFileURL(file).href,
    sha256: digestOf(bytes),
    title: `packed images ${pathFrom(shell.folder, file)}`,
  });
  for (const place of [folder, ...await foldersOfOthers(asked)]) {
    const file = join(place, name);
    const there = await Deno.readFile(file).catch(() => undefined);
    if (there === undefined) continue;
    try {
      return {
        kind: "packed",
        set: packedSet.decode(there),
        source: sourceOf(file, there),
      };
    } catch {
      // Half a file, of a command that was killed: packed again.
    }
  }
  using decoder = startImageDecoder(question.side);
  const packing = await packSet(listing, {
    ...question,
    name: set,
    decoder,
    signal: shell.signal,
    onProgress: readingProgress(set, shell),
  });
  if (packing.kind === "refused") return packing;
  const bytes = packedSet.encode(packing.set);
  const file = join(folder, name);
  const packed: PackedFile = { ...packing, source: sourceOf(file, bytes) };
  if (!isKept) return packed;
  await Deno.mkdir(folder, { recursive: true });
  try {
    await writeWhole(file, (put) => put(bytes));
  } catch (cause) {
    if (!(cause instanceof BeingWrittenError)) throw cause;
    throw new Error(
      `Cannot keep the ${set} images: another process asks the same question; ask again when it is done`,
      { cause },
    );
  }
  for await (const { name: old } of Deno.readDir(folder)) {
    if (!old.startsWith(`${set}-`) || old === name) continue;
    await Deno.remove(join(folder, old));
  }
  return packed;
}

/** Removes the packed sets of a question that is refused for too few images, unless it is kept from before. */
export async function forgetPacked(asked: AskedQuestion): Promise<void> {
  if (await Deno.stat(asked.file).catch(() => undefined)) return;
  const folder = pageFolderOf(asked);
  await Deno.remove(setsFolderOf(folder), { recursive: true }).catch(() => {});
  await Deno.remove(folder).catch(() => {}); // unless it holds anything else
}

/** Where a question keeps its packed sets. */
function setsFolderOf(pageFolder: string): string {
  return join(pageFolder, "sets");
}

/** Where the other questions of a folder keep theirs, by their names. */
async function foldersOfOthers(
  asked: AskedQuestion,
): Promise<readonly string[]> {
  const own = pageFolderOf(asked);
  const folders: string[] = [];
  const all = Deno.readDir(dirname(own));
  try {
    for await (const { name, isDirectory } of all) {
      const folder = join(dirname(own), name);
      if (isDirectory && folder !== own) folders.push(setsFolderOf(folder));
    }
  } catch (error) {
    // The first question makes the folder.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return folders.sort();
}
