/**
 * The claims in README.md, which are written from a run.
 *
 * @module
 */
import { claimCounts } from "../value/verdict_counts.ts";
import { daysText } from "../value/wording.ts";
import type { ClaimsRecord } from "./claims_record.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { VERDICT_SIGNS } from "../document/markdown.ts";

/** The lines of README.md between which the claims stand. */
export const MARKERS = {
  begin: "<!-- claims: begin (deno task readme) -->",
  end: "<!-- claims: end -->",
} as const;

/** The answer, and the claims that decide it, as Markdown. */
export function readmeClaims(record: ClaimsRecord): string {
  const { run, reports, answer } = record;
  const claims = reports.flatMap(({ id, claims }) =>
    claims.map((claim) => ({ ...claim, report: id }))
  );
  const contrasts = claims.filter(({ contrast }) => contrast !== undefined);
  const answering = claims.filter(({ answers }) => answers !== undefined);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const days = daysText(run);
  const halves = new Set(answering.map(({ answers }) => answers));
  return [
    // A run of a few pipelines tells half of it, which would mislead here.
    ...halves.size < 2 ? [] : [answer],
    // Folded: a README is read in a few screens, and the answer says the sizes.
    "<details>\n<summary>The claims that decide it</summary>",
    [
      row(["claim", "support", "paper", "here", "verdict", "pipeline"]),
      row(Array.from({ length: 6 }, () => "---")),
      ...[...contrasts, ...answering].map((claim) =>
        row([
          cell(claim.statement),
          claim.answers?.split(" ")[0] ?? "out − in",
          escapeMarkdown(claim.paper),
          claim.here.map(escapeMarkdown).join("<br>"),
          VERDICT_SIGNS[claim.verdict],
          `\`${claim.report}\``,
        ])
      ),
    ].join("\n"),
    "</details>",
    `_${
      claimCounts(claims, (some) => {
        const n = new Set(some.map(({ report }) => report)).size;
        return ` of ${n} experiment${n === 1 ? "" : "s"}`;
      })
    }${unreachable(claims)}. Profile ${
      escapeMarkdown(run.profile)
    }, ${days}, on ${
      escapeMarkdown(run.device)
    }. Rules were fixed before the run, for published models with the numbers known; where one was changed or added later, its page says so. The site has all rules and figures, and the claims that decide neither half of the answer. Written by \`deno task readme\` from [docs/claims.json](docs/claims.json)._`,
  ].join("\n\n");
}

/** Why claims have no number, where it is none of the run's doing. */
function unreachable(
  claims: readonly {
    readonly here: readonly string[];
    readonly report: string;
  }[],
): string {
  const of = new Set(
    claims.filter(({ here }) => here[0] === "source unavailable")
      .map(({ report }) => `\`${report}\``),
  );
  return of.size === 0
    ? ""
    : ` (${[...of].join(", ")}: published files could not be reached)`;
}

/**
 * A README with the claims in their place.
 *
 * @throws {Error} if it lacks one of the {@linkcode MARKERS}, or has them in the wrong order
 */
export function withClaims(readme: string, claims: string): string {
  const begin = readme.indexOf(MARKERS.begin);
  const end = readme.indexOf(MARKERS.end);
  if (begin < 0 || end < begin) {
    throw new Error(
      `Cannot put the claims into README.md: it lacks the lines "${MARKERS.begin}" and "${MARKERS.end}", in this order`,
    );
  }
  return [
    readme.slice(0, begin + MARKERS.begin.length),
    "<!-- deno-fmt-ignore-start -->",
    claims,
    "<!-- deno-fmt-ignore-end -->",
    readme.slice(end),
  ].join("\n\n");
}

function cell(markdown: string): string {
  return markdown.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|")
    .replaceAll(/<(?=[a-z/!?])/gi, "\\<");
}
