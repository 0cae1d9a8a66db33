import { createHash } from "node:crypto";

/**
 * The SHA-256 digest of a seed and what its numbers are for. Two digests that
 * differ in either, or in `kind`, are unrelated.
 *
 * @param seed a safe integer
 * @param options.kind what is seeded: "stream" or "key"
 * @param options.purpose words and numbers
 * @throws {RangeError} if the seed is not a safe integer, or a number of the
 * purpose is not finite
 */
export function seedDigest(
  seed: number,
  { kind, purpose }: {
    readonly kind: "stream" | "key";
    readonly purpose: readonly (string | number)[];
  },
): Uint8Array {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Cannot seed a ${kind}: ${seed} is not an integer`);
  }
  const unnameable = purpose.find((part) =>
    typeof part === "number" && !Number.isFinite(part)
  );
  if (unnameable !== undefined) {
    throw new RangeError(
      `Cannot seed a ${kind}: ${unnameable} names no purpose`,
    );
  }
  return createHash("sha256")
    .update(JSON.stringify([`shiftline.${kind}`, seed, ...purpose]))
    .digest();
}
