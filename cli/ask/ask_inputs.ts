/**
 * What a question is asked about, ready for its pipeline: files by their
 * digests, images packed.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AskedInputs } from "../../data/asked/asked_inputs.ts";
import { startImageDecoder } from "../../data/asked/pictures/image_decoder.ts";
import {
  type ImagesQuestion,
  type SetName,
  SETS,
} from "../../data/asked/question.ts";
import { alignClasses } from "../../data/asked/sets/align_classes.ts";
import { listQuestion } from "../../data/asked/sets/list_images.ts";
import { heldOut, whyNotHeldOut } from "../../data/asked/sets/hold_out.ts";
import { fewLines } from "../../data/asked/few_lines.ts";
import type { Listing } from "../../data/asked/sets/listing.ts";
import { sharedImages } from "../../data/asked/sets/shared_images.ts";
import { setProperties } from "../../data/asked/sets/set_properties.ts";
import { packSet, packStamp } from "../../data/asked/sets/pack_set.ts";
import { type PackedSet, packedSet } from "../../data/asked/sets/packed_set.ts";
import { digestOf } from "../../engine/define/hash.ts";
import type { HashedSource } from "../../engine/define/source.ts";
import type { AskedInput } from "../../reports/site/ask_options.ts";
import { someOf } from "../../engine/define/listed.ts";
import { count } from "../display/quantities.ts";
import { pathFrom } from "../named/places.ts";
import { BeingWrittenError, writeWhole } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { aboutSets, countedImages, inGroups } from "./about_sets.ts";
import { type AskedQuestion, pageFolderOf } from "./ask_question.ts";
import { doneTo, step, type ToldStep } from "./done_steps.ts";
import { type PreparedWeights, preparedWeights } from "./given_weights.ts";
import { readingProgress } from "./reading_progress.ts";
import { tableInputs } from "./table_inputs.ts";

/** Inputs, or a line for each thing that keeps them from being used. */
export type PreparedInputs =
  | {
    readonly kind: "prepared";
    readonly inputs: AskedInputs;
    /** What was read, for the page. */
    readonly read: readonly AskedInput[];
    /** What was done to it. */
    readonly done: readonly ToldStep[];
    /** Size in bytes of what a stage has still to read: of tables. */
    readonly bytes: number;
  }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/** Networks are trained on two batches of images at least. */
const LEAST_TRAINED = 64;

/** How groups count in a trial. */
const IN_GROUPS =
  "In the intervals of a trial a group of shifted images counts as one; test images count one by one.";

/** Says so where so many reference images are too few to train networks on. */
function whyNotTrained(n: number): string | undefined {
  return n >= LEAST_TRAINED
    ? undefined
    : `Cannot train networks on ${n} reference images: at least ${LEAST_TRAINED} are needed; add some, or train none, with --quick`;
}

/** Reads or packs what a question names. */
export async function preparedInputs(
  asked: AskedQuestion,
  command: { readonly quick: boolean },
  shell: Shell,
): Promise<PreparedInputs> {
  const { question } = asked;
  if (question.kind === "table") {
    const { problems, ...table } = await tableInputs(question, shell);
    return problems.length > 0
      ? refused(problems)
      : { kind: "prepared", ...table, done: [] };
  }
  const given = await preparedWeights(question.weights ?? [], shell);
  const listed = await listQuestion(question);
  const problems = listed.kind === "refused" ? listed.problems : [];
  if (listed.kind === "refused" || given.problems.length > 0) {
    return refused(given.problems, problems);
  }
  const sets: { -readonly [Name in SetName]?: PackedFile } = {};
  const unpacked: (readonly string[])[] = [];
  for (const set of SETS) {
    const listing = listed.listings[set];
    if (listing === undefined) continue;
    const packed = await packedFile(set, { asked, question, listing, shell });
    if ("problems" in packed) unpacked.push(packed.problems);
    else sets[set] = packed;
  }
  if (unpacked.length > 0) return refused(...unpacked);
  const { reference, test, shifted } = sets;
  if (reference === undefined || shifted === undefined) return refused([]);
  const aligned = alignClasses({
    reference: reference.set,
    test: test?.set,
    shifted: shifted.set,
  }, question);
  if (aligned.kind === "refused") return refused(aligned.problems);
  const properties = setProperties(aligned.sets);
  if (properties.kind === "refused") return refused(properties.problems);
  const whole = aligned.sets.reference;
  const isLabelled = shifted.set.labels !== null;
  const isTried = isLabelled && !command.quick;
  const shared = sharedImages(aligned.sets);
  const counted = countedImages(aligned.sets, shared);
  const problem = (test === undefined ? whyNotHeldOut(whole) : undefined) ??
    (isTried ? whyNotTrained(counted.given.reference.n) : undefined);
  if (problem !== undefined) {
    await forgetPacked(asked);
    return refused([problem]);
  }
  const all = SETS.flatMap((set) => {
    const [packed, listing] = [sets[set], listed.listings[set]];
    return packed === undefined || listing === undefined
      ? []
      : [{ set, packed, listing }];
  });
  return {
    kind: "prepared",
    inputs: {
      kind: "images",
      sources: {
        reference: reference.source,
        ...test === undefined ? {} : { test: test.source },
        shifted: shifted.source,
      },
      weights: given.weights,
      classes: question.classes,
      isLabelled,
      side: question.side,
      quick: command.quick,
      // The pipeline looks whether these are enough for its networks.
      ...command.quick ? {} : { counted },
    },
    read: [
      ...all.map(({ set, packed }) => ({
        name: set,
        path: pathFrom(shell.folder, question[set] ?? ""),
        sha256: packed.source.sha256,
        isPacked: true as const,
      })),
      ...given.read,
    ],
    done: [
      ...all.flatMap(({ set, packed, listing }) =>
        doneTo(set, { packed: packed.set, listing })
      ),
      ...test === undefined
        ? [
          step(
            `Of the ${count(whole.names.length, "reference image")} ${
              heldOut(whole).size
            } were held out${
              inGroups(reference.set)
            } at random as test images.`,
          ),
        ]
        : [],
      ...aligned.leftOut.length === 0 ? [] : [
        step(
          `Classes missing from at least one set were left out: ${
            someOf(aligned.leftOut, 10)
          }; that they vanished or are new is a shift of which the answer tells nothing.`,
        ),
      ],
      ...aligned.vanished.length === 0 ? [] : [
        step(
          `Classes of which no shifted image is: ${
            someOf(aligned.vanished, 10)
          }; that they vanished is part of the shift that is asked about.`,
        ),
      ],
      ...aboutSets(aligned.sets, shared),
      ...isTried && shifted.set.groups !== null ? [step(IN_GROUPS)] : [],
      ...stepsOfWeights(given, { isUsed: isTried }),
    ],
    bytes: 0,
  };
}

/** What is done with weights; nothing where no network learns the classes. */
function stepsOfWeights(
  { weights, leftOut }: PreparedWeights,
  { isUsed }: { readonly isUsed: boolean },
): readonly ToldStep[] {
  if (isUsed) return leftOut.map((text) => step(text));
  return weights.map(({ name }) =>
    step(`No network is trained to classify, so that ${name} is not used.`)
  );
}

/** Some lines of each list: those of one would hide those of another. */
function refused(...lists: readonly (readonly string[])[]): PreparedInputs {
  const problems = lists.flatMap((list) => fewLines([...new Set(list)]));
  return { kind: "refused", problems };
}

/** A set that lies packed in a file. */
interface PackedFile {
  readonly set: PackedSet;
  readonly source: HashedSource;
}

/** Packs a set, or reads it where it was packed, for this question or another, and nothing has changed since. */
async function packedFile(
  set: SetName,
  { asked, question, listing, shell }: {
    readonly asked: AskedQuestion;
    readonly question: ImagesQuestion;
    readonly listing: Listing;
    readonly shell: Shell;
  },
): Promise<PackedFile | { readonly problems: readonly string[] }> {
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
      return { set: packedSet.decode(there), source: sourceOf(file, there) };
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
  if (packing.kind === "refused") return { problems: packing.problems };
  const bytes = packedSet.encode(packing.set);
  await Deno.mkdir(folder, { recursive: true });
  const file = join(folder, name);
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
  return { set: packing.set, source: sourceOf(file, bytes) };
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
