/**
 * What figures of all kinds have.
 *
 * @module
 */
import type { Prose } from "./prose.ts";

/** What a figure is called, and what is said of it. */
export interface FigureHead {
  /** Stands in its address and names its files. */
  readonly id: string;
  /** What it shows, without a final period. */
  readonly title: string;
  /** What it found, in a sentence; also its text alternative. */
  readonly finding: Prose;
  /** Further sentences for the caption. */
  readonly note?: Prose | undefined;
}
