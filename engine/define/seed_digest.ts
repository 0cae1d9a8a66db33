import { createHash } from "node:crypto";

/**
 * The SHA-256 digest of a seed and what its numbers are for. Two digests that
 * differ in either, or in `kind`, are unrelated.
 *
 * @param seed a safe integer
 * @param options.kind what is seeded: "stream" or "key"
 * @param options.purpose words and numbers
 * @throws {RangeError} if the seed is not a safe integer, or a part of the
 * purpose is neither a word nor a finite number
 */
export function seedDigest(
  seed: number,
  { kind, purpose }: {
    readonly kind: "stream" | "key";
    readonly purpose: readonly (string | number)[];
  },
): Uint8Array {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(
      `Cannot seed a ${kind}: ${Deno.inspect(seed)} is not an integer`,
    );
  }
  for (const part of purpose) {
    if (typeof part === "string" || Number.isFinite(part)) continue;
    throw new RangeError(
      `Cannot seed a ${kind}: ${Deno.inspect(part)} names no purpose`,
    );
  }
  return createHash("sha256")
    .update(JSON.stringify([`shiftline.${kind}`, seed, ...purpose]))
    .digest();
}
