/**
 * What the page of an answer tells beside what was found: what was asked, and
 * how it was answered.
 *
 * @module
 */
import type { AskedExample, AskedPicture } from "../value/asked_answer.ts";

/** An input of the question, and the digest of what was read of it. */
export interface AskedInput {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  /** Whether the digest is that of the small images that were packed from it. */
  readonly isPacked?: true;
}

/** What was done to the inputs, as a sentence. */
export interface DoneStep {
  readonly text: string;
  /** The same where everybody may read it: without names of files. */
  readonly inPublic: string;
}

/** What the page tells beside the findings. */
export interface AskPageOptions {
  /** Name of the question. */
  readonly name: string;
  readonly pictures: readonly AskedPicture[];
  /** The shifted examples by name; none where the page is for everybody, or nothing tells them apart. */
  readonly examples: readonly AskedExample[];
  readonly inputs: readonly AskedInput[];
  /** What was done to the inputs: what was left out, drawn, held out. */
  readonly done: readonly DoneStep[];
  /** Whether networks were trained. */
  readonly quick: boolean;
  /** Seconds of all stages behind the answer, in whichever run each was computed. */
  readonly seconds?: number | undefined;
  /** Seconds from the start to the answer, when something was last computed for it. */
  readonly wallSeconds?: number | undefined;
  /** The networks behind it and where their weights come from, a sentence each. */
  readonly networks: readonly string[];
  /** What networks computed on, and why there; left out where there are none. */
  readonly device?: string | undefined;
  /** Version of Deno. */
  readonly deno: string;
  /** Full hash of the commit, or null outside a checkout. */
  readonly commit: string | null;
  /** Paths of files of the project that differ from it; left out where that is not known. */
  readonly edited?: readonly string[] | undefined;
  /** The command that asks again. */
  readonly command: string;
  /** Version of this program. */
  readonly version: string;
}
