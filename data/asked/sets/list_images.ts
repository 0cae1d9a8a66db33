/**
 * Sets of images, whatever they are kept in.
 *
 * @module
 */
import { pathBelow } from "../../../engine/define/path_below.ts";
import {
  type ImagesQuestion,
  type PropertyNames,
  type SetName,
  SETS,
} from "../question.ts";
import { listImageTar } from "./image_tar.ts";
import { listImageTree } from "./image_tree.ts";
import { type Listing, type Refused, refused, stateOf } from "./listing.ts";
import { listManifest } from "./manifest.ts";

/** Names of manifests. */
const MANIFEST = /\.(?:csv|tsv|jsonl|ndjson|parquet)$/i;

/**
 * Lists the images of a folder, a tar archive, or a manifest in CSV, JSON lines
 * or Parquet.
 *
 * @param options.set of the question, for manifests with splits
 * @param options.property columns that the question names as properties, which
 * manifests alone have
 */
export async function listImages(
  place: string,
  { set, property }: {
    readonly set: SetName;
    readonly property?: PropertyNames | undefined;
  },
): Promise<Listing | Refused> {
  let isFolder: boolean;
  try {
    isFolder = (await Deno.stat(place)).isDirectory;
  } catch (cause) {
    return refused([`Cannot read images: ${place} ${stateOf(place, cause)}`]);
  }
  if (!isFolder && MANIFEST.test(place)) {
    return await listManifest(place, { set, property });
  }
  if (property !== undefined) {
    const listed = isFolder ? await listImageTree(place) : undefined;
    const also = listed?.kind === "refused" ? listed : undefined;
    return refused([
      `Cannot read images: ${place} is no manifest, and has no column ${
        [property].flat().map((one) => `"${one}"`).join(", nor ")
      }; list the images of all sets in manifests with it, or take it out of the properties`,
      ...also?.problems ?? [],
    ], listed?.kind === "listed" ? listed : also?.found);
  }
  if (isFolder) return await listImageTree(place);
  if (/\.(?:tar|tar\.gz|tgz)$/i.test(place)) return await listImageTar(place);
  return refused([
    `Cannot read images: ${place} is neither a folder nor a .tar, .tar.gz, .csv, .tsv, .jsonl or .parquet file`,
  ]);
}

/** The images of each set of a question; `test` where it is asked about. */
export interface Listings {
  readonly reference: Listing;
  readonly test?: Listing | undefined;
  readonly shifted: Listing;
}

/** The images of a question; or a sentence for each thing that is wrong with any of its sets, and what was found of them all the same. */
export type ListedQuestion =
  | { readonly kind: "listed"; readonly listings: Listings }
  | {
    readonly kind: "refused";
    readonly problems: readonly string[];
    readonly listings: Partial<Listings>;
    /** Sets of which one lies in the other, or that are the same: each pair in the order of sets. */
    readonly nested: readonly (readonly [SetName, SetName])[];
  };

/**
 * Lists the images of all sets of a question. Sets that share images are
 * refused: nothing is shifted there.
 *
 * @param question with paths that are absolute, or relative to the working folder
 */
export async function listQuestion(
  question: Pick<ImagesQuestion, SetName | "columns">,
): Promise<ListedQuestion> {
  const listings: { -readonly [Name in SetName]?: Listing } = {};
  const problems: string[] = [];
  const places = SETS.flatMap((set) => {
    const place = question[set];
    return place === undefined ? [] : [{ set, place }];
  });
  for (const { set, place } of places) {
    const listed = await listImages(place, { ...question.columns, set });
    const listing = listed.kind === "listed" ? listed : listed.found;
    if (listing !== undefined) listings[set] = listing;
    if (listed.kind === "listed") continue;
    for (const problem of listed.problems) problems.push(problem);
  }
  const nested: [SetName, SetName][] = [];
  for (const [i, one] of places.entries()) {
    for (const other of places.slice(i + 1)) {
      const problem = await sharedBy(one, { other, listings });
      if (problem === undefined) continue;
      problems.push(problem);
      nested.push([one.set, other.set]);
    }
  }
  const { reference, test, shifted } = listings;
  return problems.length > 0 || reference === undefined ||
      shifted === undefined
    ? { kind: "refused", problems, listings, nested }
    : { kind: "listed", listings: { reference, test, shifted } };
}

/** A set and where it is. */
interface Placed {
  readonly set: SetName;
  readonly place: string;
}

/** What two sets share, if they do. */
async function sharedBy(
  one: Placed,
  { other, listings }: {
    readonly other: Placed;
    readonly listings: { readonly [Name in SetName]?: Listing };
  },
): Promise<string | undefined> {
  const [first, second] = [listings[one.set], listings[other.set]];
  if (first === undefined || second === undefined) return undefined;
  const [at, from] = [
    await Deno.realPath(one.place),
    await Deno.realPath(other.place),
  ];
  const names = new Set(first.images.map(({ name }) => name));
  const shared = second.images.filter(({ name }) => names.has(name));
  if (at === from && shared.length > 0) {
    return `Cannot compare ${one.set} and ${other.set}: both are ${one.place}${
      shared.length === second.images.length
        ? ""
        : `, and ${shared.length} of its images are in both, such as ${
          shared[0]?.name
        }`
    }${
      MANIFEST.test(one.place)
        ? '; a manifest of several sets has a column "split", which says train, test or shifted'
        : ""
    }`;
  }
  const way = pathBelow(at, from) ?? pathBelow(from, at);
  return way !== undefined && at !== from
    ? `Cannot compare ${one.set} and ${other.set}: one of ${one.place} and ${other.place} lies within the other; keep them apart`
    : undefined;
}
