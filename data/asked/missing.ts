import { NOT_AVAILABLE } from "../tables/not_available.ts";

const MISSING = new RegExp(`^(?:|<na>|nan|null|${NOT_AVAILABLE})$`, "iu");

/**
 * Whether what a cell says is that nothing is known: empty, or what programs
 * write for it. The word "none" may be a class.
 */
export function isMissing(text: string): boolean {
  return MISSING.test(text);
}

/**
 * A name as all files are taken to write it: of two systems, é may be one
 * character or two, and where a cell of a column of numbers is empty, programs
 * write the others as floats.
 */
export function plainName(text: string): string {
  return text.trim().normalize("NFC").replace(/^(-?\d+)\.0+$/, "$1");
}
