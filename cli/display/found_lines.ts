/**
 * What a run found, in lines: a sentence with its verdict, and below it the
 * number and the page.
 *
 * @module
 */
import type { FoundClaim } from "./display.ts";
import { dim, type Line, type Part, widest } from "./line.ts";
import { count } from "./quantities.ts";

/** Of so many claims there are two lines each; the others are counted. */
const MOST_SHOWN = 5;

const STYLES: Readonly<Record<string, NonNullable<Part["style"]>>> = {
  supported: "green",
  contradicted: "red",
  inconclusive: "yellow",
};

/** The lines on some claims, of which there is at least one. */
export function foundLines(
  { claims, profile }: {
    readonly claims: readonly FoundClaim[];
    readonly profile: string;
  },
): readonly Line[] {
  const shown = claims.slice(0, MOST_SHOWN);
  const labels = shown.map(({ before, verdict }) =>
    before === undefined ? verdict : `${before} → ${verdict}`
  );
  const width = widest(shown.map(({ verdict }) => verdict.length));
  const more = claims.length - shown.length;
  return [
    [
      { text: "Found", style: "bold" },
      { text: profile === "smoke" ? "; a smoke run answers nothing:" : ":" },
    ],
    ...shown.flatMap(({ verdict, statement, found, page }, i): Line[] => [
      [
        {
          text: `  ${(labels[i] ?? "").padEnd(width)}  `,
          style: STYLES[verdict] ?? "dim",
        },
        { text: statement },
      ],
      [dim(`    ${found}  ${page}`)],
    ]),
    ...more === 0 ? [] : [[dim(`  and ${count(more, "more claim")}`)]],
  ];
}
