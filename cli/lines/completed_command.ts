/**
 * What a shell completes: a command, and the words that may follow it.
 *
 * @module
 */

/** What may stand in a place. */
export interface Offered {
  /** Words that are known when the script is printed; none where anything can stand there, such as a file. */
  readonly words: readonly string[];
  /** Whether it is also the name of a stage, at the profile that the line names. */
  readonly stages: boolean;
}

/** A command, and the words that may follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly options: readonly (Offered & {
    readonly option: string;
    readonly takesValue: boolean;
  })[];
  /** What may stand beside options. */
  readonly places: Offered;
}
