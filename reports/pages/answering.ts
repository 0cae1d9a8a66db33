/**
 * Claims that answer the paper's question, as the answer names them.
 *
 * @module
 */
import type { Claim } from "../value/claim.ts";

/** The two halves of the paper's answer. */
export type Half = NonNullable<Claim["answers"]>;

/** A claim that decides a half, as the answer names it. */
export interface Answering {
  readonly claim: Claim;
  readonly half: Half;
  /** Its shift, in Markdown: "under an unseen tint". */
  readonly name: string;
  /** Title of its report. */
  readonly report: string;
}

/** A claim about the contrast itself. */
export type Contrast = Pick<Answering, "claim" | "name">;
