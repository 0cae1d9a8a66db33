/**
 * What a run found, in lines: a sentence with its verdict, and below it the
 * number and the page.
 *
 * @module
 */
import { wrapped } from "../../reports/text/wrapped.ts";
import { dim, type Line, type Part, widest } from "./line.ts";
import { count } from "./quantities.ts";

/** A claim of a run, and what was found of it. */
export interface FoundClaim {
  readonly pipeline: string;
  /** Its id. */
  readonly claim: string;
  /** Its sentence, without marks. */
  readonly statement: string;
  readonly verdict: string;
  /** The verdict in the run before, where it was another. */
  readonly before?: string;
  /** The half of the question that it answers, if it answers one. */
  readonly answers?: string;
  /** The shifts of the contrast that it is about, if it is about one. */
  readonly contrast?: string;
  /** Whether it is of an experiment that was added to the reproduction. */
  readonly added?: true;
  /** The estimate with its interval, in words. */
  readonly found: string;
  /** Its page, as somebody would write it who gave the command. */
  readonly page: string;
}

/** Of so many claims there are two lines each; the others are counted, with the page of all. */
const MOST_SHOWN = 5;

const STYLES: Readonly<Record<string, NonNullable<Part["style"]>>> = {
  supported: "green",
  contradicted: "red",
  inconclusive: "yellow",
};

/** The lines on some claims, of which there is at least one; on added ones after the others. */
export function foundLines(
  { claims, profile, all, columns = Infinity }: {
    readonly claims: readonly FoundClaim[];
    readonly profile: string;
    /** The page of all claims, as somebody would write it who gave the command. */
    readonly all: string;
    /** How wide the lines may be: a sentence goes on below itself, and a page moves below its number. */
    readonly columns?: number;
  },
): readonly Line[] {
  const means = profile === "smoke" ? "; a smoke run proves nothing:" : ":";
  return [false, true].flatMap((isAdded) =>
    groupLines(claims.filter(({ added = false }) => added === isAdded), {
      head: `Found${isAdded ? " in added experiments" : ""}${means}`,
      all,
      columns,
    })
  );
}

function groupLines(
  claims: readonly FoundClaim[],
  { head, all, columns }: {
    readonly head: string;
    readonly all: string;
    readonly columns: number;
  },
): readonly Line[] {
  if (claims.length === 0) return [];
  const shown = claims.slice(0, MOST_SHOWN);
  const labels = shown.map(({ before, verdict }) =>
    before === undefined ? verdict : `${before} → ${verdict}`
  );
  const width = widest(shown.map(({ verdict }) => verdict.length));
  const more = claims.length - shown.length;
  return [
    [{ text: head, style: "bold" }],
    ...shown.flatMap(({ verdict, statement, found, page }, i): Line[] => {
      const label = `  ${(labels[i] ?? "").padEnd(width)}  `;
      const [first = "", ...others] = wrapped(
        statement,
        columns - label.length,
      );
      return [
        [{ text: label, style: STYLES[verdict] ?? "dim" }, { text: first }],
        ...others.map((text) => [{ text: " ".repeat(label.length) + text }]),
        ...withPage(`    ${found}`, { page, columns }),
      ];
    }),
    ...more === 0
      ? []
      : withPage(`  and ${count(more, "more claim")}`, { page: all, columns }),
  ];
}

/** A line that ends with a page, which moves below it where there is no room. */
function withPage(
  text: string,
  { page, columns }: { readonly page: string; readonly columns: number },
): readonly Line[] {
  const whole = `${text}  ${page}`;
  return (whole.length <= columns ? [whole] : [text, `    ${page}`])
    .map((text) => [dim(text)]);
}
