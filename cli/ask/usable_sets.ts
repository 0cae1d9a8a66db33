/**
 * Sets of images that can be used together, or all that is wrong with them:
 * with their folders and lists, with their files, with their classes.
 *
 * @module
 */
import {
  type ImagesQuestion,
  type SetName,
  SETS,
} from "../../data/asked/question.ts";
import {
  alignClasses,
  type AlignedSets,
  type PackedSets,
} from "../../data/asked/sets/align_classes.ts";
import { whyNotHeldOut } from "../../data/asked/sets/hold_out.ts";
import { listQuestion } from "../../data/asked/sets/list_images.ts";
import type { Listing } from "../../data/asked/sets/listing.ts";
import type { PackedSet } from "../../data/asked/sets/packed_set.ts";
import { setProperties } from "../../data/asked/sets/set_properties.ts";
import { sharedImages } from "../../data/asked/sets/shared_images.ts";
import { count } from "../display/quantities.ts";
import { writeTexts } from "../display/line.ts";
import type { Shell } from "../shell/shell.ts";
import { countedImages } from "./about_sets.ts";
import type { AskedQuestion } from "./ask_question.ts";
import { forgetPacked, type PackedFile, packedFile } from "./packed_files.ts";

/** A set that was read, and how it was listed. */
export interface UsableSet {
  readonly packed: PackedFile;
  readonly listing: Listing;
}

/** Sets with the same classes; or lists of what keeps them from being used, a line for each thing. */
export type UsableSets =
  | {
    readonly kind: "usable";
    readonly sets: OfSets<UsableSet>;
    readonly aligned: Aligned;
  }
  | {
    readonly kind: "refused";
    readonly lists: readonly (readonly string[])[];
  };

type Aligned = Extract<AlignedSets, { readonly kind: "aligned" }>;

/** What is said of each set; `test` where there is one. */
interface OfSets<T> {
  readonly reference: T;
  readonly test?: T | undefined;
  readonly shifted: T;
}

type Some<T> = { -readonly [Name in SetName]?: T };

/** So many files are read in seconds. */
const READ_IN_SECONDS = 1000;

/** Networks are trained on two batches of images at least. */
const LEAST_TRAINED = 64;

/** How the sets of a question are to be used. */
export interface UsableSetsOptions {
  readonly question: ImagesQuestion;
  /** Whether no network is trained. */
  readonly quick: boolean;
  /** What else is wrong with the question, which is refused then. */
  readonly also: readonly string[];
}

/**
 * Lists, reads and packs the sets of a question. Where some of them cannot be
 * used, what is there is read all the same: all that is wrong is said at once.
 */
export async function usableSets(
  asked: AskedQuestion,
  { question, quick, also }: UsableSetsOptions,
  shell: Shell,
): Promise<UsableSets> {
  const listed = await listQuestion(question);
  const [wrong, nested] = listed.kind === "refused"
    ? [listed.problems, listed.nested]
    : [[], []];
  const early = [...also, ...wrong];
  const isKept = early.length === 0;
  writeTexts(
    earlyTexts(early, {
      files: SETS.reduce(
        (sum, set) => sum + (listed.listings[set]?.images.length ?? 0),
        0,
      ),
    }),
    shell.stderr,
  );
  const sets: Some<UsableSet> = {};
  const read: Some<PackedSet> = {};
  const mended: Some<PackedSet> = {};
  let unusable: readonly (readonly string[])[] = [];
  for (const set of SETS) {
    const { [set]: listing } = listed.listings;
    if (listing === undefined) continue;
    const how = { asked, question, listing, isKept, shell };
    const packed = await packedFile(set, how);
    if (packed.kind === "packed") {
      sets[set] = { packed, listing };
      read[set] = mended[set] = packed.set;
    } else {
      unusable = unusable.concat(packed.problems);
      ({ read: read[set], mended: mended[set] } = packed);
    }
  }
  const whole = wrong.length === 0 ? wholeOf(mended) : undefined;
  const aligned = whole && alignClasses(whole, question);
  const unfit = aligned?.kind === "aligned"
    ? unfitFor(aligned.sets, quick)
    : [];
  const problems = [
    ...[also, wrong, ...unusable],
    aligned?.kind === "refused" ? aligned.problems : [],
    unfit,
  ].filter(({ length }) => length > 0);
  const used = wholeOf(sets);
  if (problems.length === 0 && used && aligned?.kind === "aligned") {
    return { kind: "usable", sets: used, aligned };
  }
  if (unfit.length > 0) await forgetPacked(asked);
  return { kind: "refused", lists: [...problems, copiesIn(read, nested)] };
}

/**
 * What is wrong before anything is read, where that may take minutes; nothing of
 * few files, with which it is told in seconds.
 */
export function earlyTexts(
  [first, ...others]: readonly string[],
  { files }: { readonly files: number },
): readonly string[] {
  if (first === undefined || files <= READ_IN_SECONDS) return [];
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return [
    `Reading the rest all the same, to list everything that is wrong at once; so far: ${first}${more}`,
  ];
}

/** What there is of each set; undefined where a set is missing that must be there. */
function wholeOf<T>(
  { reference, test, shifted }: Some<T>,
): OfSets<T> | undefined {
  return reference === undefined || shifted === undefined
    ? undefined
    : { reference, test, shifted };
}

/** Why sets with the same classes cannot be used for what is wanted of them. */
function unfitFor(sets: PackedSets, quick: boolean): readonly string[] {
  const properties = setProperties(sets);
  const { reference, test, shifted } = sets;
  const notHeld = test === undefined ? whyNotHeldOut(reference) : undefined;
  const { given } = countedImages(sets, []);
  const isTried = !quick && shifted.labels !== null;
  const notTrained = notHeld === undefined && isTried &&
    given.reference.n < LEAST_TRAINED;
  return [
    ...properties.kind === "refused" ? properties.problems : [],
    ...notHeld === undefined ? [] : [notHeld],
    ...notTrained
      ? [
        `Cannot train networks on ${given.reference.n} reference images: at least ${LEAST_TRAINED} are needed; add some, or train none, with --quick`,
      ]
      : [],
  ];
}

/**
 * What is in a set twice, or in two sets: no problem by itself, but what one
 * would want to know who mends others. Nothing of sets of which one lies in the
 * other, which is said already.
 */
function copiesIn(
  read: Some<PackedSet>,
  nested: readonly (readonly [SetName, SetName])[],
): readonly string[] {
  const within = SETS.flatMap((set) =>
    (read[set]?.copies ?? []).map((copy) => `Copy in ${set}: ${copy}`)
  );
  const between = sharedImages(read)
    .filter(([first, second]) =>
      !nested.some(([one, other]) => one === first.set && other === second.set)
    )
    .map(([first, second]) =>
      `In two sets: ${second.name} of ${second.set} is ${first.name} of ${first.set}`
    );
  const lines = [...within, ...between];
  return lines.length === 0 ? [] : [
    `Besides, ${
      count(lines.length, "file")
    } would be left out, since others have the same image:`,
    ...lines,
  ];
}
