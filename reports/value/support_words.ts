/**
 * Where a shift leads, in words.
 *
 * @module
 */

/** The place of a shifted distribution in words, as part of a sentence. */
export const SUPPORT_WORDS = {
  in: "in support",
  out: "out of support",
  part: "partly in support",
  both: "both at once",
  unknown: "unknown",
} as const;
