/**
 * The page of all claims.
 *
 * @module
 */
import { addressFrom, FOLDERS, pathOf } from "../document/address.ts";
import {
  claimsBlocks,
  type PlacedClaim,
  VERDICTS_IN_WORDS,
} from "./compose_claims.ts";
import { pageOf, smokeNotice } from "./compose_run.ts";
import type { Page } from "../document/document.ts";
import { prose } from "../document/pieces.ts";
import type { Report } from "../value/report.ts";
import { claimsInWords } from "../value/verdict_counts.ts";
import type { PageOptions } from "./site_page.ts";

const LEAD =
  "What the paper claims and what we ask in addition, each with the rule that decides it and our result.";

/** Every claim of every report, as seen from the page of a folder. */
export function placedClaims(
  reports: readonly Report[],
  { folder }: { readonly folder: string },
): readonly PlacedClaim[] {
  return reports.flatMap(({ id, title, claims }) =>
    claims.map((claim) => ({
      claim,
      page: addressFrom(folder, pathOf(`${id}/`)),
      report: title,
    }))
  );
}

/** Every claim of every report, under the heads of the paper, of our own, of controls and of what was added. */
export function composeAllClaims(
  reports: readonly Report[],
  options: PageOptions,
): Page {
  const folder = FOLDERS.claims;
  const claims = placedClaims(reports, { folder });
  return pageOf(options, {
    folder,
    title: "Claims",
    lead: LEAD,
    blocks: [
      ...smokeNotice(options.run),
      prose(
        `${
          claimsInWords(claims.map(({ claim }) => claim))
        }. ${VERDICTS_IN_WORDS}`,
      ),
      ...claimsBlocks(claims),
    ],
  });
}
