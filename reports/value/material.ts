/**
 * What experiments are made of: datasets, shifts, networks. Each has a page of
 * its own, which gathers what all reports say of it.
 *
 * @module
 */
import type { Picture } from "./picture.ts";
import type { Prose } from "./prose.ts";

/** Where data came from. */
export interface DatasetRecord {
  /** Its folder on the site: lower-case words and numbers joined by hyphens. Records of one id are about one dataset. */
  readonly id: string;
  /** Name for readers. */
  readonly title: string;
  /** Who published it, and in what form it was read. */
  readonly source: string;
  /** Address of the source; http or https. */
  readonly url?: string | undefined;
  /** Version of the source. */
  readonly version?: string | undefined;
  /** Licence, as far as one is stated. */
  readonly licence: string;
  /** Where the licence can be read; http or https. */
  readonly licenceUrl?: string | undefined;
  /** How to cite it. */
  readonly citation: string;
  /** What it is, in a sentence or two. */
  readonly description?: Prose | undefined;
  /** Numbers of images, e.g. "training" and "test"; left out for a table. */
  readonly sizes?: Readonly<Record<string, number>> | undefined;
  /** Names of the classes; left out for a table. */
  readonly classes?: readonly string[] | undefined;
  /** How a table's rows and columns were read. */
  readonly reading?: string | undefined;
  /** Some of its images. */
  readonly sheet?: Picture | undefined;
  /** SHA-256 digest of the artifact that was read, in hexadecimal. */
  readonly digest: string;
}

/** Something that was chosen, e.g. a strength. */
export interface Setting {
  /** What was chosen, e.g. "strength". */
  readonly name: string;
  /** How much, or which. */
  readonly value: Prose;
}

/** A distribution shift under which networks were measured. */
export interface ShiftRecord {
  /** Its folder on the site. Records of one id are about one shift. */
  readonly id: string;
  /** Name for readers. */
  readonly title: string;
  /** Where the shifted distribution lies: in the support of the reference, out of it, part in and part out, or not known. */
  readonly support: "in" | "out" | "part" | "unknown";
  /** What it changes, and why it is in or out of support. */
  readonly description: Prose;
  /** What networks are developed on: "plain photographs". */
  readonly reference: Prose;
  /** What networks meet under the shift: "photographs upside down". */
  readonly shifted: Prose;
  /** What was chosen in this report. */
  readonly settings?: readonly Setting[] | undefined;
  /** Images of both distributions. */
  readonly sheet?: Picture | undefined;
}

/** A network that was trained. */
export interface ModelRecord {
  /** Its folder on the site. Records of one id are about one network. */
  readonly id: string;
  /** Name for readers. */
  readonly title: string;
  /** What it is made of. */
  readonly description: Prose;
  /** Number of trainable parameters. */
  readonly parameters?: number | undefined;
  /** What was chosen in this report. */
  readonly settings?: readonly Setting[] | undefined;
}
