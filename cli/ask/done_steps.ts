/**
 * What was done to the inputs of a question: all of it for its page, in short
 * for the terminal.
 *
 * @module
 */
import type { SetName } from "../../data/asked/question.ts";
import type {
  NamedExample,
  NamedPair,
} from "../../data/asked/sets/shared_images.ts";
import type { Listing } from "../../data/asked/sets/listing.ts";
import {
  numberTaken,
  type PackedSet,
} from "../../data/asked/sets/packed_set.ts";
import { someOf } from "../../engine/define/listed.ts";
import type { DoneStep } from "../../reports/site/ask_options.ts";
import { printable } from "../display/line.ts";
import { count } from "../display/quantities.ts";
import { inGroups } from "./about_sets.ts";

/** So many files are named on a terminal. */
const MOST_SHOWN = 5;
/** So many are named on the page: all, unless very many may be unreadable. */
const MOST_LISTED = 1000;

/** What was done, as sentences. */
export interface ToldStep extends DoneStep {
  /** The same for the terminal, where that is less. */
  readonly inShort?: string;
}

/** What everybody may read as it is, unless there is something else for that. */
export function step(text: string, inPublic = text): ToldStep {
  return { text, inPublic };
}

/** What was done to a set of images. */
export function doneTo(
  set: SetName,
  { packed, listing }: {
    readonly packed: Pick<
      PackedSet,
      "found" | "names" | "unreadable" | "copies" | "groups"
    >;
    readonly listing: Pick<Listing, "remarks">;
  },
): readonly ToldStep[] {
  const { found, unreadable, copies } = packed;
  const taken = numberTaken(packed);
  return [
    ...taken < found
      ? [
        step(
          `Of the ${found} ${set} images ${taken} were drawn at random${
            inGroups(packed)
          }.`,
        ),
      ]
      : [],
    ...leftOut(set, {
      files: unreadable,
      why: ["cannot be read", "cannot be read"],
    }),
    ...leftOut(set, {
      files: copies,
      why: ["is a copy of another", "are copies of others"],
    }),
    ...listing.remarks.map((remark) => step(`${set}: ${remark}`)),
  ];
}

/** What is said of classes that not all sets have. */
export function stepsOfClasses(
  { leftOut, vanished }: {
    readonly leftOut: readonly string[];
    readonly vanished: readonly string[];
  },
  { isLabelled }: {
    /** Whether shifted images have labels: of others those of left out classes stay. */
    readonly isLabelled: boolean;
  },
): readonly ToldStep[] {
  return [
    ...leftOut.length === 0 ? [] : [
      step(
        `Classes missing from at least one set were left out: ${
          someOf(leftOut, 10)
        }; ${
          isLabelled
            ? "that they vanished or are new is a shift of which the answer tells nothing."
            : "shifted images of them, which have no labels, are still there and may look new."
        }`,
      ),
    ],
    ...vanished.length === 0 ? [] : [
      step(
        `Classes of which no shifted image is: ${
          someOf(vanished, 10)
        }; that they vanished is part of the shift that is asked about.`,
      ),
    ],
  ];
}

/** What is said of copies that were found when the sets were compared. */
export function stepsOfCopies(
  copies: readonly NamedPair[],
  { isHeldOut }: {
    /** Whether test images are of the reference folder. */
    readonly isHeldOut: boolean;
  },
): readonly ToldStep[] {
  const { length } = copies;
  const of = ({ set, name }: NamedExample) =>
    `${name} of ${isHeldOut && set === "test" ? "reference" : set}`;
  return listing(
    copies.map(([first, second]) => `${of(second)} is ${of(first)}`).sort(),
    {
      head: length === 1
        ? "1 example is in another set as well, as far as can be seen, and was left out"
        : `${length} examples are in another set as well, as far as can be seen, and were left out`,
    },
  );
}

function leftOut(
  set: SetName,
  { files, why: [one, more] }: {
    /** Each with what is wrong with it. */
    readonly files: readonly string[];
    readonly why: readonly [one: string, more: string];
  },
): readonly ToldStep[] {
  const { length } = files;
  return listing(files, {
    head: `${count(length, "file")} of the ${set} images ${
      length === 1 ? `${one} and was` : `${more} and were`
    } left out`,
  });
}

/** A head and what it is said of, which nobody else reads; nothing of none. */
function listing(
  all: readonly string[],
  { head }: { readonly head: string },
): readonly ToldStep[] {
  if (all.length === 0) return [];
  // Each may say what to do, after a semicolon as well.
  const named = (most: number) =>
    `${head}: ${
      printable(
        [
          ...all.slice(0, most),
          ...all.length > most ? [`and ${all.length - most} more`] : [],
        ].join("; "),
      )
    }.`;
  return [{
    text: named(MOST_LISTED),
    inShort: named(MOST_SHOWN),
    inPublic: `${head}.`,
  }];
}
