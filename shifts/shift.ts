/**
 * Distribution shifts.
 *
 * @module
 */
import type { Images } from "../data/images.ts";
import type { Definition } from "../engine/definition.ts";

/** A shift: how the reference and the shifted images are made from plain ones. */
export interface Shift<Options> extends Definition {
  /** Short name, e.g. "tint". */
  readonly name: string;
  /** Name for readers, e.g. "Spurious tint". */
  readonly title: string;
  /** Whether the shifted distribution lies in the support of the reference distribution or out of it. */
  readonly support: "in" | "out";
  /** What it changes, and why it is in or out of support: a sentence or two for readers. */
  readonly description: string;
  /** The images of one distribution; `images` stays as it is. */
  apply(images: Images, options: Options): Images;
}
