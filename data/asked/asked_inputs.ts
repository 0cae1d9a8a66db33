/**
 * A question whose files have been read or packed: what its pipeline is built
 * of.
 *
 * @module
 */
import { digestOf } from "../../engine/define/hash.ts";
import type { Source } from "../../engine/define/source.ts";
import type { FoldedSet } from "../images/folds.ts";
import type { ImagesQuestion, TableQuestion } from "./question.ts";

/** Weights of one's own for the network that a trial trains. */
export interface GivenWeights {
  /** Name of the file, without its folder: what pages and answers call them. */
  readonly name: string;
  readonly source: Source;
}

/** The images of a question: how many, and which go together. */
export type CountedSets = Readonly<
  Record<"reference" | "test" | "shifted", FoldedSet>
>;

/** The images of a question as they were given, and without those that are known to be in two sets. */
export interface CountedImages {
  readonly given: CountedSets;
  readonly distinct: CountedSets;
}

/** Packed images, one file a set. */
export interface AskedImages {
  readonly kind: "images";
  readonly sources: Both & {
    /** A fifth of the reference images is held out where there is none. */
    readonly test?: Source;
  };
  readonly classes: ImagesQuestion["classes"];
  /** Whether the shifted images have labels. */
  readonly isLabelled: boolean;
  /** What a trial fine-tunes besides its own pre-trained networks. */
  readonly weights: readonly GivenWeights[];
  /** Side of the images in pixels. */
  readonly side: number;
  /** Whether no network is to be trained. */
  readonly quick: boolean;
  /** Left out where nobody counted them: then they are taken to be enough for a trial, and each its own group. */
  readonly counted?: CountedImages;
}

/** Predictions of models, and features if there are some. */
export interface AskedTable extends Pick<TableQuestion, "columns"> {
  readonly kind: "table";
  readonly predictions: Source | Both;
  readonly features: Readonly<Record<string, Both>>;
}

/** A file of each set. */
export interface Both {
  readonly reference: Source;
  readonly shifted: Source;
}

/** What is asked about. */
export type AskedInputs = AskedImages | AskedTable;

/** The name of the pipeline of a question, of what such a name may have: where that is less than the question's, with the digest of it, so that each has its own. */
export function pipelineOf(question: string): string {
  const plain = question.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return plain === question
    ? `asked-${plain}`
    : `asked-${plain}-${
      digestOf(new TextEncoder().encode(question)).slice(0, 8)
    }`;
}
