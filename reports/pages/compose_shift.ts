/**
 * The page of a shift.
 *
 * @module
 */
import { pageOf, smokeNotice } from "./compose_run.ts";
import { sheetBlocks, usesBlocks } from "./compose_uses.ts";
import type { Page } from "../document/document.ts";
import { facts, inlineProse, prose, strong } from "../document/pieces.ts";
import { FOLDERS } from "../document/address.ts";
import type { Gathered } from "../document/gather.ts";
import type { ShiftRecord } from "../value/material.ts";
import { proseMarkdown } from "../value/prose.ts";
import { SUPPORT_WORDS } from "../value/support_words.ts";
import type { PageOptions } from "./site_page.ts";

const DISTRIBUTIONS = ["reference", "shifted"] as const;

/** The page of a shift: what it changes, why it is in or out of support, who uses it. */
export function composeShift(
  gathered: Gathered<ShiftRecord>,
  options: PageOptions,
): Page {
  const { record, uses } = gathered;
  // What reports say differently stands in their rows.
  const differing = DISTRIBUTIONS.filter((name) =>
    uses.some((use) =>
      proseMarkdown(use.record[name]) !== proseMarkdown(record[name])
    )
  );
  const folder = `${FOLDERS.shifts}${record.id}/`;
  return pageOf(options, {
    folder,
    title: record.title,
    lead: `A distribution shift, ${
      record.support === "unknown"
        ? "and it is unknown whether it stays in support"
        : SUPPORT_WORDS[record.support]
    }.`,
    description:
      `${record.title}: what it changes, and whether it is in support.`,
    blocks: [
      ...smokeNotice(options.run),
      prose(proseMarkdown(record.description)),
      facts([
        ["support", strong(SUPPORT_WORDS[record.support])],
        ...DISTRIBUTIONS
          .filter((name) => !differing.includes(name))
          .map((name) => [name, inlineProse(record[name])] as const),
      ]),
      ...sheetBlocks(record.sheet),
      ...usesBlocks({
        record,
        uses: uses.map((use) => ({
          ...use,
          settings: [
            ...differing.map((name) => ({ name, value: use.record[name] })),
            ...use.settings,
          ],
        })),
      }, { folder }),
    ],
  });
}
