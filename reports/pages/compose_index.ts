/**
 * The front page, as blocks.
 *
 * @module
 */
import { addressFrom, pathOf } from "../document/address.ts";
import { answerOf } from "./answer.ts";
import { PAPER_LINE, PAPER_URL } from "../document/citation.ts";
import { completeness } from "./completeness.ts";
import { claimsBlocks, type PlacedClaim } from "./compose_claims.ts";
import { figureBlock, placeFigures } from "./compose_figure.ts";
import { scaledDownTable } from "./compose_scaled_down.ts";
import {
  citeAll,
  environment,
  footer,
  rebuild,
  smokeNotice,
} from "./compose_run.ts";
import {
  type Block,
  heading,
  type Page,
  type Surroundings,
  textColumns,
} from "../document/document.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import { nominated } from "./nominated.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";
import { verdictCounts } from "../value/verdict_counts.ts";

/** The question that the paper asks. */
export const QUESTION =
  "When data shift, does pre-training make a network hold up better?";

const ABOUT =
  `An independent reproduction of [${PAPER_LINE}](${PAPER_URL}), made so that anyone can make it again. The paper’s answer: pre-training helps a network to **extrapolate** to inputs unlike any it was trained on (*out of support*), and hardly helps against **biases** of the data it was trained on (*in support*). Each experiment trains networks, changes the data, and measures **effective robustness** (ER): accuracy on the shifted data above what networks trained from scratch reach at the same reference accuracy.`;

const VERDICTS =
  "A claim is *supported* when the whole interval satisfies a rule that was fixed before the run, *contradicted* when the whole interval violates it, and *inconclusive* otherwise; a rule of the number itself judges that alone. *Not reproduced* means that there is no number: a source was unavailable or a stage failed.";

/** What the front page is made of. */
export interface IndexOptions {
  readonly run: RunRecord;
  readonly around: Surroundings;
  /** Drawn figures of each report by id. */
  readonly drawn: (report: Report) => ReadonlyMap<string, RenderedFigure>;
}

/** The front page: question, answer, the most telling figure, every claim, what is there and what is not. */
export function composeIndex(
  reports: readonly Report[],
  { run, around, drawn }: IndexOptions,
): Page {
  const claims = reports.flatMap((report) =>
    report.claims.map((claim): PlacedClaim => ({
      claim,
      page: `./${report.id}/index.html`,
      report: report.title,
    }))
  );
  return {
    folder: "",
    title: "shiftline",
    lead: QUESTION,
    description: `${QUESTION} An independent reproduction of ${PAPER_LINE}.`,
    blocks: [
      ...smokeNotice(run),
      ...claims.every(({ claim }) => claim.answers === undefined) ? [] : [{
        kind: "answer" as const,
        markdown: answerOf(claims.map(({ claim }) => claim), run),
      }],
      { kind: "prose", markdown: ABOUT },
      ...frontFigure(reports, drawn),
      ...claims.length === 0 ? [] : [
        heading("claims", "Claims"),
        {
          kind: "prose" as const,
          markdown: `${claims.length} claim${claims.length === 1 ? "" : "s"}: ${
            verdictCounts(claims.map(({ claim }) => claim))
          }. ${VERDICTS}`,
        },
        ...claimsBlocks(claims),
      ],
      heading("experiments", "Experiments"),
      experiments(reports, run),
      ...scaledDown(reports),
      heading("completeness", "What is there, and what is not"),
      {
        kind: "table",
        layout: "cards",
        label: "What a reproduction needs, and what of it is there",
        columns: textColumns("", "there", "not there"),
        rows: completeness(reports, run).map(({ what, there, missing }) => [
          { kind: "strong", text: what },
          there,
          missing,
        ]),
      },
      ...rebuild(run, { pipeline: null }),
      ...environment(run, { pipeline: null }),
      ...citeAll(),
    ],
    footer: footer(run),
    around,
  };
}

/** Every experiment in reading order, with its question and how its claims came out. */
function experiments(
  reports: readonly Report[],
  { earlier }: RunRecord,
): Block {
  if (reports.length === 0) {
    return { kind: "prose", markdown: "None has finished yet." };
  }
  return {
    kind: "table",
    layout: "cards",
    label: "Experiments in reading order",
    columns: textColumns("experiment", "question", "claims"),
    rows: reports.map(({ id, title, question, claims }) => [
      [
        { kind: "link", text: title, href: `./${id}/index.html` },
        ...earlier?.[id] === undefined
          ? []
          : [`, as it was on ${earlier[id].slice(0, 10)}`],
      ],
      question,
      verdictCounts(claims),
    ]),
  };
}

/** The most telling figure: the one that a report nominates. */
function frontFigure(
  reports: readonly Report[],
  drawn: IndexOptions["drawn"],
): readonly Block[] {
  const found = nominated(reports, "front page");
  if (found?.figure === undefined) return [];
  const { report, figure: { id } } = found;
  const placed = placeFigures(report).find(({ figure }) => figure.id === id);
  if (placed === undefined) return [];
  const page = placed.place?.path ?? `${pathOf(`${report.id}/`)}#figure-${id}`;
  return [
    figureBlock({ ...placed, number: 1 }, {
      drawn: drawn(report),
      files: addressFrom("", `${report.id}/`) + "/",
      from: [
        "From the experiment ",
        { kind: "link", text: report.title, href: addressFrom("", page) },
        ".",
      ],
    }),
  ];
}

/** What is smaller than in the paper, and in the same way, in several experiments; each thing once. */
function scaledDown(reports: readonly Report[]): readonly Block[] {
  const rows = reports
    .filter(({ scaledDownTitle }) => scaledDownTitle === undefined)
    .flatMap(({ scaledDown }) => scaledDown);
  const texts = rows.map((row) => JSON.stringify(row));
  const shared = rows.filter((_, i) =>
    texts.indexOf(texts[i] ?? "") === i &&
    (reports.length === 1 || texts.lastIndexOf(texts[i] ?? "") > i)
  );
  return shared.length === 0 ? [] : [
    heading("scaled-down", "What is smaller than in the paper"),
    {
      kind: "prose",
      markdown:
        "In the experiments that train networks. Each page says what else differs there.",
    },
    scaledDownTable(shared, "What is smaller than in the paper"),
  ];
}
