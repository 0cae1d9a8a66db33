/**
 * The front page, as blocks.
 *
 * @module
 */
import { claimsTable, verdictCounts } from "./compose_claims.ts";
import {
  citation,
  environment,
  footer,
  rebuild,
  smokeNotice,
} from "./compose_run.ts";
import type { Block, Page } from "./document.ts";
import { escapeMarkdown } from "./escape.ts";
import { proseMarkdown } from "./prose.ts";
import type { Report } from "./report.ts";
import type { RunRecord } from "./run_record.ts";

const LEAD =
  "Ask a distribution shift whether pre-training will help: a small reproduction that anyone can make again.";

const QUESTION =
  "Pre-training a network on other data often makes it hold up better when the test data change. The paper says when: it helps a network to **extrapolate** to inputs unlike any it was trained on (*out of support*), and hardly helps against **biases** of the data it was trained on (*in support*). Each experiment below trains networks, changes the data, and measures **effective robustness** (ER): shifted accuracy above what networks trained from scratch reach at the same reference accuracy.";

/** The front page: what this is, every claim with its verdict, the experiments. */
export function composeIndex(
  reports: readonly Report[],
  { run }: { readonly run: RunRecord },
): Page {
  const claims = reports.flatMap((report) =>
    report.claims.map((claim) => ({
      claim,
      page: `./${report.id}/index.html`,
      report: report.title,
    }))
  );
  const heading = (id: string, text: string): Block => ({
    kind: "heading",
    level: 2,
    id,
    text,
  });
  return {
    folder: "",
    title: "shiftline",
    lead: LEAD,
    description: LEAD,
    blocks: [
      ...smokeNotice(run),
      { kind: "prose", markdown: QUESTION },
      ...claims.length === 0 ? [] : [
        heading("claims", "Claims"),
        {
          kind: "prose" as const,
          markdown: `${claims.length} claims: ${
            verdictCounts(claims.map(({ claim }) => claim))
          }. A claim is *supported* when the whole interval satisfies a rule that was fixed before the run, *contradicted* when the whole interval violates it, and *inconclusive* otherwise; a rule of the number itself judges that alone. *Not reproduced* means that there is no number: a source was unavailable or a stage failed.`,
        },
        claimsTable(claims),
      ],
      heading("experiments", "Experiments"),
      ...reports.length === 0
        ? [{ kind: "prose" as const, markdown: "None has finished yet." }]
        : [],
      ...reports.flatMap((report): readonly Block[] => [
        {
          kind: "heading",
          level: 3,
          id: `experiment-${report.id}`,
          text: report.title,
        },
        { kind: "prose", markdown: `*${escapeMarkdown(report.question)}*` },
        ...report.answer === undefined ? [] : [{
          kind: "prose" as const,
          markdown: proseMarkdown(report.answer),
        }],
        {
          kind: "line",
          text: [
            {
              kind: "link",
              text: "Figures, numbers and data",
              href: `./${report.id}/index.html`,
            },
            ` (${verdictCounts(report.claims)})`,
          ],
        },
      ]),
      ...environment(run, { pipeline: null }),
      ...rebuild(run, { pipeline: null }),
      ...citation(),
    ],
    footer: footer(run),
  };
}
