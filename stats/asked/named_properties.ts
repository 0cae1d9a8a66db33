/**
 * Properties in sentences, and those of files, which no classifier sees.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import type { FoundBias } from "./ask_findings_schemas.ts";
import { MOVED } from "./association.ts";

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
  return listed(
    biases.filter(({ property, ofFile, moved }) =>
      ofFile === true && property !== BYTES && moved.value >= NEARLY_ALL
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
