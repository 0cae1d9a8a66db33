/**
 * The same classes in all sets of a question.
 *
 * @module
 */
import { listed } from "../../../engine/define/listed.ts";
import { type ImagesQuestion, type SetName, SETS } from "../question.ts";
import { type Refused, refused } from "./listing.ts";
import { numberTaken, type PackedSet, takePacked } from "./packed_set.ts";

/** Packed sets by name; a test set is held out of the reference where there is none. */
export interface PackedSets {
  readonly reference: PackedSet;
  readonly test?: PackedSet | undefined;
  readonly shifted: PackedSet;
}

/** Sets with the same classes, or a sentence for each thing in the way; where these are many classes, first how many and what to do. */
export type AlignedSets =
  | {
    readonly kind: "aligned";
    readonly sets: PackedSets;
    /** Classes that not all sets have, which were left out. */
    readonly leftOut: readonly string[];
    /** Classes of which no shifted image is. */
    readonly vanished: readonly string[];
  }
  | Refused;

/** Fewer images of a class cannot be cut into parts that all have some. */
export const LEAST = 5;

/** The smallest number of images of a class that a set must have: shifted images are in no parts. */
export function leastOf(set: string): number {
  return set === "shifted" ? 1 : LEAST;
}

/** So many pairs of names that differ only in case are shown. */
const MOST_PAIRS = 3;

const MORE = 'draw more with --most ("most" in the file of a question)';

/**
 * Gives all sets one list of classes, and leaves out the images of others.
 *
 * @param options.classes `same`, if all sets must have the same; `common`, to
 * use those that all have; or `reference`, to use those of the reference and the
 * test set, of which the shifted set may lack some. A set without labels has any
 */
export function alignClasses(
  sets: PackedSets,
  { classes: which }: { readonly classes: ImagesQuestion["classes"] },
): AlignedSets {
  const labelled = SETS.flatMap((name) => {
    const set = sets[name];
    return set === undefined || set.labels === null ? [] : [{ name, set }];
  });
  const bare = SETS.filter((name) =>
    name !== "shifted" && sets[name]?.labels === null
  );
  if (bare.length > 0) {
    return refused(
      bare.map((name) =>
        `Cannot use ${name}: its images have no labels; put them into a folder for each class, or name their classes in a column "label"`
      ),
    );
  }
  const all = [...new Set(labelled.flatMap(({ set }) => set.classes))].sort();
  const inAll = (sets: readonly Named[]) =>
    all.filter((one) => sets.every(({ set }) => set.classes.includes(one)));
  const common = inAll(labelled);
  const known = inAll(labelled.filter(({ name }) => name !== "shifted"));
  if (which === "same" && common.length < all.length) {
    const others = all.filter((one) => !common.includes(one));
    const are = others.length === 1 ? "class is" : "classes are";
    const ways = [
      inCaseOnly(others, labelled),
      waysOut({ common, known }),
    ].filter((way) => way !== "");
    return refused([
      `Cannot compare the sets: ${others.length} ${are} not in all of them; ${
        ways.length === 0 ? BY_NAME : ways.join("; or ")
      }`,
      ...ofOneClass(labelled),
      ...others.map((one) => differenceText(one, labelled)),
    ]);
  }
  const classes = which === "reference" ? known : common;
  const aligned = {
    reference: withClasses(sets.reference, classes),
    test: sets.test && withClasses(sets.test, classes),
    shifted: withClasses(sets.shifted, classes),
  };
  const problems = problemsOf(aligned, { classes, given: sets, labelled });
  return problems.length > 0 ? refused(problems) : {
    kind: "aligned",
    sets: aligned,
    leftOut: all.filter((one) => !classes.includes(one)),
    vanished: classes.filter((one) => !common.includes(one)),
  };
}

/** What one can do with names of classes that are the same but for case, in different sets; "" where none are. */
function inCaseOnly(
  names: readonly string[],
  sets: readonly Named[],
): string {
  const pairs = [...Map.groupBy(names, (name) => name.toLowerCase()).values()]
    .filter((alike) =>
      alike.length > 1 &&
      sets.every(({ set }) =>
        alike.filter((name) => set.classes.includes(name)).length < 2
      )
    ).map((alike) => listed(alike.map((name) => `"${name}"`)));
  const more = pairs.length - MOST_PAIRS;
  return pairs.length === 0
    ? ""
    : `${pairs.slice(0, MOST_PAIRS).join(", ")}${
      more > 0 ? `, and ${more} more pairs,` : ""
    } differ only in case: rename one of ${pairs.length > 1 ? "each" : "them"}`;
}

/** What is said where nothing can be left out. */
const BY_NAME =
  "classes are told by their names: write those of one class alike in all sets";

/** What one can leave out whose sets have other classes; "" where that leaves too few. */
function waysOut(
  { common, known }: {
    /** Classes of all sets. */
    readonly common: readonly string[];
    /** Classes of all but the shifted set. */
    readonly known: readonly string[];
  },
): string {
  const ways = [
    ...common.length > 0 && known.length > common.length
      ? [
        `about the ${known.length} of the reference set, of which some vanished, with --classes reference`,
      ]
      : [],
    ...common.length > 1
      ? [
        `about the ${common.length} that all have, which tells nothing of the others, with --classes common`,
      ]
      : [],
  ];
  return ways.length === 0
    ? ""
    : `ask ${
      ways.join(", or ")
    } ("classes" in the file of a question), or name the others alike`;
}

/** A set and its name. */
interface Named {
  readonly name: SetName;
  readonly set: PackedSet;
}

/** A line for each set that has one class where another has more. */
function ofOneClass(sets: readonly Named[]): readonly string[] {
  const single = sets.filter(({ set }) => set.classes.length === 1);
  if (single.length === sets.length) return [];
  return single.map(({ name, set: { classes: [only = ""] } }) => {
    const isElsewhere = sets.some((other) =>
      other.name !== name && other.set.classes.includes(only)
    );
    const all = `all images of ${name} are of one class, "${only}"`;
    if (name !== "shifted") {
      return `Cannot tell classes apart: ${all}; add images of others`;
    }
    return `Cannot compare classes: ${all}${
      isElsewhere
        ? ""
        : "; if that is no class but a folder of images without labels, give that folder as the set"
    }`;
  });
}

function differenceText(one: string, sets: readonly Named[]): string {
  const having = sets.filter(({ set }) => set.classes.includes(one));
  const lacking = sets.filter(({ set }) => !set.classes.includes(one));
  const names = (some: readonly Named[]) =>
    some.map(({ name }) => name).join(" and ");
  const draws = drawsOf(lacking);
  return `Cannot compare class "${one}": it is in ${names(having)} and not in ${
    names(lacking)
  }${
    draws.length === 0
      ? ""
      : `: none ${draws.join(" and ")} is of it; if there are such, ${MORE}`
  }`;
}

/** Of how many images each set is, if they were drawn. */
function drawsOf(sets: readonly Named[]): readonly string[] {
  return sets.flatMap(({ name, set }) => {
    const drawn = numberDrawn(set);
    return drawn === undefined ? [] : [`of the ${drawn} drawn of ${name}`];
  });
}

/** How many images were drawn of a set that has more; those that were left out afterwards count. */
function numberDrawn(set: PackedSet): number | undefined {
  const drawn = numberTaken(set);
  return drawn < set.found ? drawn : undefined;
}

/** What is said of a set of which images were drawn, and the way out of having too few; nothing of others. */
function drawText(
  set: PackedSet,
): { readonly of: string; readonly more: string } {
  const drawn = numberDrawn(set);
  return drawn === undefined
    ? { of: "", more: "" }
    : { of: `, of the ${drawn} drawn`, more: `${MORE}, ` };
}

function withClasses(set: PackedSet, classes: readonly string[]): PackedSet {
  if (set.labels === null) return set;
  const places = set.classes.map((one) => classes.indexOf(one));
  const { labels } = set;
  const kept = Array.from(labels.keys())
    .filter((i) => (places[labels[i] as number] ?? -1) >= 0);
  const taken = kept.length === labels.length ? set : takePacked(set, kept);
  return {
    ...taken,
    classes,
    labels: Int32Array.from(
      taken.labels ?? [],
      (label) => places[label] as number,
    ),
  };
}

function problemsOf(
  { reference, test, shifted }: PackedSets,
  { classes, given, labelled }: {
    readonly classes: readonly string[];
    /** The sets with the images of all their classes. */
    readonly given: PackedSets;
    /** Those of them that have labels. */
    readonly labelled: readonly Named[];
  },
): readonly string[] {
  if (classes.length < 2) {
    return [
      `Cannot ask about ${
        classes.length === 0 ? "no class" : `one class, "${classes[0]}"`
      }: models tell classes apart, and all sets must have two of the same${
        classes.length === 0
          ? ""
          : "; of folders, those that lie in the one that is given are the classes"
      }`,
      ...ofOneClass(labelled),
    ];
  }
  const { of, more } = drawText(given.shifted);
  const few = shifted.names.length < LEAST
    ? [
      `Cannot use shifted: it has ${shifted.names.length} images${of}, and at least ${LEAST} are needed; ${more}${
        more && "or "
      }add some`,
    ]
    : [];
  return [
    ...few,
    ...rareClasses("reference", { set: reference, given, classes }),
    ...rareClasses("test", { set: test, given, classes }),
  ];
}

function rareClasses(
  name: "reference" | "test",
  { set, given, classes }: {
    readonly set: PackedSet | undefined;
    readonly given: PackedSets;
    readonly classes: readonly string[];
  },
): readonly string[] {
  const { [name]: all } = given;
  if (set === undefined || all === undefined) return [];
  const { of, more } = drawText(all);
  return classes.flatMap((one, label) => {
    const n = (set.labels ?? []).filter((other) => other === label).length;
    return n >= LEAST ? [] : [
      `Cannot use class "${one}": ${name} has ${n} image${
        n === 1 ? "" : "s"
      } of it${of}, and at least ${LEAST} are needed; ${more}add some, or leave the class out of all sets`,
    ];
  });
}
