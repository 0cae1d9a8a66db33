/**
 * The arguments of a running stage: artifacts in the place of refs, everything
 * else as the key has it.
 *
 * @module
 */
import { mapLeaves, sortFields } from "../../define/ref.ts";

/**
 * The arguments as the task gets them. A key knows neither the order of fields
 * nor fields that are `undefined` nor −0, so the task does not see them either.
 *
 * @param values what goes in at each path
 */
export function argumentsOf(
  args: unknown,
  values: ReadonlyMap<string, unknown>,
): unknown {
  return mapLeaves(sortFields(args), (leaf, path) => {
    if (values.has(path)) return values.get(path);
    return leaf === 0 ? 0 : leaf;
  });
}
