import fc from "./property.ts";

/**
 * Any character, for `fc.string({ unit })`. The same as fast-check's "binary",
 * which takes a second to list them all.
 */
export const codePoint: fc.Arbitrary<string> = fc.nat(0x10ffff - 0x800)
  // Without the halves of pairs.
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));
