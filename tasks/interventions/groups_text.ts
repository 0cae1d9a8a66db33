import { formatCount } from "../../reports/value/quantity.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";

/** `groups of 94 to 923 images`; one number where all are of one size. */
export function groupsText(sizes: readonly number[]): string {
  const ends = [...new Set([smallest(sizes), largest(sizes)])];
  return `groups of ${
    ends.map((size) => formatCount(size)).join(" to ")
  } images`;
}
