/**
 * Distribution shifts.
 *
 * @module
 */
import type { Images } from "../data/images/images.ts";
import type { Definition } from "../engine/define/definition.ts";
import type { Check } from "../engine/define/shape.ts";

/** A shift whose options are not known until it is applied: the task `applyShift` checks them. */
export interface AnyShift extends Definition {
  /** Short name, e.g. "tint". */
  readonly name: string;
  /** Name for readers, e.g. "Spurious tint". */
  readonly title: string;
  /** Whether the shifted distribution lies in the support of the reference distribution or out of it. */
  readonly support: "in" | "out";
  /** What it changes, and why it is in or out of support: a sentence or two for readers. */
  readonly description: string;
  /** Its options by name, each with a check of what it is given. */
  readonly options: Readonly<Record<string, Check<unknown>>>;
  /** The images of one distribution; `images` stays as it is. */
  apply(images: Images, options: unknown): Images;
}

/**
 * A shift: how the reference and the shifted images are made from plain ones.
 * One with other options, be they more or fewer, is of another type (`in out`).
 */
export interface Shift<in out Options> extends AnyShift {
  readonly options: {
    readonly [Name in keyof Options]-?: Check<Options[Name]>;
  };
  apply(images: Images, options: Options): Images;
}
