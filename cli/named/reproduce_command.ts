/**
 * The line that makes what another line lacks.
 *
 * @module
 */
import { shellWord } from "../../engine/define/shell_word.ts";
import { DEVICE, profileOption } from "../arguments/options.ts";

/** With what, and where, a line computes. */
export interface OfLine {
  readonly profile: string;
  readonly device?: string | undefined;
  /** The store as the line names it; that of the project if it names none. */
  readonly store: string | undefined;
  /** The folder of the site, likewise. */
  readonly site?: string | undefined;
}

/**
 * The line that makes pipelines with the store and site, at the profile and on
 * the device of another.
 *
 * @param pipelines their names; none for all
 * @param options.force a stage that is made anew, though it is there
 */
export function reproduceCommand(
  pipelines: readonly string[],
  { profile, device = DEVICE.default, store, site, force }: OfLine & {
    readonly force?: string;
  },
): string {
  return [
    ["deno task reproduce", ...pipelines].join(" ") + profileOption(profile),
    ...device === DEVICE.default ? [] : [`--device ${device}`],
    ...store === undefined ? [] : [`--store ${shellWord(store)}`],
    ...site === undefined ? [] : [`--site ${shellWord(site)}`],
    ...force === undefined ? [] : [`--force ${shellWord(force)}`],
  ].join(" ");
}
