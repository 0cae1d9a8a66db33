/**
 * What programs write where a table has no value.
 *
 * @module
 */

/** "Not available" as R and spreadsheets write it, these in a dozen languages: a part of a pattern with the flags `iu`. */
export const NOT_AVAILABLE = String
  .raw`#?n\/?a|#n\/[bd]!?|#nv|#i\/t|#saknas!|#н\/д|#yok|k\. ?a\.`;
