/**
 * What stands in the place of something that could not be made.
 *
 * @module
 */
import type { ValueFailure } from "../../engine/define/ref.ts";
import { escapeMarkdown } from "../../reports/text/escape.ts";

/** Why a part is missing, as Markdown. */
export function whyMissing({ stage, reason, kind }: ValueFailure): string {
  return kind === "unavailable"
    ? `source unavailable. ${escapeMarkdown(reason)}`
    : `stage ${escapeMarkdown(stage)} failed. ${escapeMarkdown(reason)}`;
}

/** Why a result is missing in a few words, for a cell or a sentence. */
export function whyMissingShort({ stage, kind }: ValueFailure): string {
  return kind === "unavailable"
    ? "not reproduced: source unavailable"
    : `not reproduced: stage ${stage} failed`;
}
