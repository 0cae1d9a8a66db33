/**
 * Properties in sentences, and those of files, which no classifier sees.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import type { FoundBias } from "./ask_findings_schemas.ts";
import { MOVED } from "./association.ts";
import type { Evidence } from "./rule_bounds.ts";

/** So many are named in a sentence. */
const MOST_NAMED = 3;

/** The property of a file whose name tells little. */
const BYTES = "bytes";

/** From this distance on nearly all files of two sets differ in a property. */
const NEARLY_ALL = 0.9;

/**
 * Whether a property is left aside: one of files whose own values surely
 * changed. Storing images otherwise changes how many bytes they take, and what
 * that told of the label is gone, though every image looks as before.
 */
export function isLeftAside(
  { ofFile, moved }: Pick<FoundBias, "ofFile" | "moved">,
): boolean {
  return ofFile === true && moved.low > MOVED;
}

/** What nearly all files of one set have otherwise than those of the other: "type, width and height"; empty where there is nothing such. */
export function otherFiles(biases: readonly FoundBias[]): string {
  return namesOfFiles(
    biases.filter(({ moved }) => moved.value >= NEARLY_ALL),
  );
}

/**
 * What files may have otherwise that are all that is new: the reference set
 * lacks the values of at least as many as are new for sure, and among files
 * that are alike in it no shift is seen. Empty where there is nothing such.
 */
export function otherNewFiles(
  { biases, shift, outOfSupport }: Pick<
    Evidence,
    "biases" | "shift" | "outOfSupport"
  >,
): string {
  const least = outOfSupport?.low ?? 0;
  const told = (shift?.remainders ?? []).filter(({ low, absent = 0 }) =>
    least > 0 && absent >= least && low <= 0.5
  ).map(({ property }) => property);
  return namesOfFiles(biases.filter(({ property }) => told.includes(property)));
}

/** Of some properties those of files, but for their bytes, in a list. */
function namesOfFiles(biases: readonly FoundBias[]): string {
  return listed(
    biases.filter(({ property, ofFile }) =>
      ofFile === true && property !== BYTES
    ).map(({ property }) => property.replace(/^file /, "")).sort(),
  );
}

/** Three of them at most, those of what an example shows before those of its file: "hue, border and the size of the file" */
export function namesOf(biases: readonly FoundBias[]): string {
  return listed(
    biases.toSorted((a, b) =>
      Number(a.ofFile === true) - Number(b.ofFile === true)
    )
      .slice(0, MOST_NAMED)
      .map(({ property, ofFile }) =>
        ofFile === true && property === BYTES
          ? "the size of the file"
          : property
      ),
  );
}
