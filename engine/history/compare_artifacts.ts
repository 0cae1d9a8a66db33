/**
 * What differs between two artifacts of one format.
 *
 * @module
 */
import type { Json } from "../define/hash.ts";
import { later } from "../define/later.ts";
import {
  type ArtifactDifference,
  jsonDifferences,
} from "./artifact_difference.ts";

/** Loaded later: it brings a schema library, for which a comparison of JSON should not wait. */
const movedArrays = later<typeof import("./array_differences.ts")>(
  import.meta.resolve("./array_differences.ts"),
);

/** The differences between two artifacts of one format, in order of place; none if their values are the same. */
export async function differencesBetween(
  before: Uint8Array,
  after: Uint8Array,
  format: string,
): Promise<readonly ArtifactDifference[]> {
  switch (format) {
    case "json":
      return [...jsonDifferences(jsonOf(before), jsonOf(after), "")];
    case "safetensors":
      return (await movedArrays()).arrayDifferences(before, after);
    default:
      return bytesDiffer(before, after)
        ? [{
          kind: "other",
          path: "",
          before: `${before.length} bytes`,
          after: `${after.length} bytes, not the same`,
        }]
        : [];
  }
}

function jsonOf(bytes: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function bytesDiffer(a: Uint8Array, b: Uint8Array): boolean {
  return a.length !== b.length || a.some((byte, i) => byte !== b[i]);
}
