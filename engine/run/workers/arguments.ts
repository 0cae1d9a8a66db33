/**
 * The arguments of a running stage: artifacts in the place of refs, everything
 * else as the key has it.
 *
 * @module
 */
import type { Codec } from "../../define/codec.ts";
import type { Digest } from "../../define/hash.ts";
import { mapLeaves, sortFields } from "../../define/ref.ts";

/** An artifact among the arguments. */
export interface StoredInput {
  readonly path: string;
  readonly digest: Digest;
  readonly codec: Codec<unknown>;
}

/**
 * Reads artifacts; one that is used twice is read once, and decoded twice, so
 * that no two places share memory.
 *
 * @returns values by path
 * @throws {DamagedObjectError} if one is missing or is not what was written
 */
export async function readInputs(
  inputs: readonly StoredInput[],
  { object }: {
    readonly object: (digest: Digest) => Promise<Uint8Array>;
  },
): Promise<ReadonlyMap<string, unknown>> {
  const digests = [...new Set(inputs.map(({ digest }) => digest))];
  const objects = new Map(
    await Promise.all(
      digests.map(async (digest) => [digest, await object(digest)] as const),
    ),
  );
  const values = new Map<string, unknown>();
  const used = new Set<Digest>();
  for (const { path, digest, codec } of inputs) {
    const bytes = objects.get(digest) ?? new Uint8Array();
    values.set(path, codec.decode(used.has(digest) ? bytes.slice() : bytes));
    used.add(digest);
  }
  return values;
}

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
