/**
 * What differs between two artifacts that hold named arrays.
 *
 * @module
 */
import {
  type ArtifactDifference,
  deviation,
  jsonDifferences,
} from "./artifact_difference.ts";
import { safetensors } from "../define/safetensors.ts";

/** The differences between two artifacts in the safetensors format, in order of name. */
export function arrayDifferences(
  before: Uint8Array,
  after: Uint8Array,
): readonly ArtifactDifference[] {
  const [old, now] = [safetensors.decode(before), safetensors.decode(after)];
  const names = new Set([
    ...Object.keys(old.arrays),
    ...Object.keys(now.arrays),
  ]);
  const arrays = [...names].sort().flatMap(
    (path): readonly ArtifactDifference[] => {
      const [a, b] = [old.arrays[path], now.arrays[path]];
      const kinds = [a, b].map((array) =>
        array && `${array.data.constructor.name} [${array.shape}]`
      );
      if (a === undefined || b === undefined || kinds[0] !== kinds[1]) {
        const [before, after] = kinds;
        return [{
          kind: "other",
          path,
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        }];
      }
      return elementDifferences(path, [a.data, b.data]);
    },
  );
  const metadata = jsonDifferences(old.metadata, now.metadata, "metadata");
  return [...arrays, ...metadata];
}

function elementDifferences(
  path: string,
  [a, b]: readonly [ArrayLike<number>, ArrayLike<number>],
): readonly ArtifactDifference[] {
  let [moved, furthest, largest] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const distance = deviation(a[i] ?? NaN, b[i] ?? NaN);
    if (distance === 0) continue;
    moved++;
    if (distance > largest) [furthest, largest] = [i, distance];
  }
  if (moved === 0) return [];
  return [{
    kind: "array",
    path,
    moved,
    of: a.length,
    before: a[furthest] ?? NaN,
    after: b[furthest] ?? NaN,
  }];
}
