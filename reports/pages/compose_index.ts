/**
 * The front page, as blocks.
 *
 * @module
 */
import { addressFrom, FOLDERS, pathOf } from "../document/address.ts";
import {
  allNominated,
  type Nominated,
  nominated,
  whatHelps,
} from "./nominated.ts";
import { answerInParts } from "./answer.ts";
import { PAPER_LINE, PAPER_URL } from "../document/citation.ts";
import { completeness } from "./completeness.ts";
import { experimentCards } from "./experiment_cards.ts";
import { placedClaims } from "./compose_all_claims.ts";
import {
  ADDED_IN_WORDS,
  claimsLinks,
  mainClaimsBlocks,
  type PlacedClaim,
  VERDICTS_IN_WORDS,
} from "./compose_claims.ts";
import { placeFigures } from "./compose_figure.ts";
import { hasCounterparts } from "./compose_paper.ts";
import { scaledDownTable, tableBlock } from "./compose_table.ts";
import {
  awaitedNotice,
  citeAll,
  environment,
  pageOf,
  rebuild,
  smokeNotice,
} from "./compose_run.ts";
import type { Block, FigureBlock, Page } from "../document/document.ts";
import { cards, heading, line, link, prose } from "../document/pieces.ts";
import { type Place, placeLink } from "../document/navigation.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import { isOfQuestion, whoseOf } from "../value/claim_groups.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report, ScaledDown } from "../value/report.ts";
import type { PageOptions } from "./site_page.ts";

/** The question that the paper asks. */
const QUESTION = "When data shift, do pre-trained networks hold up better?";

const ABOUT =
  `An independent reproduction of [Ask Your Distribution Shift if Pre-Training is Right for You](${PAPER_URL}), which finds that pre-training helps networks extrapolate (*out of support*) but hardly helps against biases in their training data (*in support*). **Effective robustness** (ER) is how far accuracy on shifted data lies above a line through networks trained from scratch, at the same reference accuracy; the *line of finished networks* goes through those trained here, on fewer and on more images.`;

/** What the front page is made of. */
export interface IndexOptions extends PageOptions {
  /** Drawn figures of each report by id. */
  readonly drawn: (report: Report) => ReadonlyMap<string, RenderedFigure>;
  /** Your own questions whose answers are on the site. */
  readonly answers?: readonly AnsweredQuestion[];
}

/** A question of one's own, on the front page. */
export interface AnsweredQuestion {
  readonly place: Place;
  /** The answer in a line. */
  readonly answer: string;
  /** What it was asked about. */
  readonly examples: string;
}

/** The front page: question, words, answer, every experiment, the most telling figure, the main claims, what is there and what is not. */
export function composeIndex(
  reports: readonly Report[],
  options: IndexOptions,
): Page {
  const { run, drawn, answers = [] } = options;
  const claims = reports.flatMap(({ claims }) => claims);
  const addresses = new Map(
    placedClaims(reports, { folder: "" })
      .map(({ claim, page }) => [claim, `${page}#claim-${claim.id}`]),
  );
  const answer = answerInParts(reports, { profile: run.profile, addresses });
  return pageOf(options, {
    folder: "",
    title: "shiftline",
    lead: QUESTION,
    description: `${QUESTION} An independent reproduction of ${PAPER_LINE}.`,
    blocks: [
      ...smokeNotice(run),
      ...awaitedNotice(run),
      prose(ABOUT),
      // A smoke run has no answer but what the notice says.
      ...run.profile === "smoke" ||
          !claims.some(isOfQuestion)
        ? []
        : [{
          kind: "answer" as const,
          markdown: answer.first,
          more: answer.more,
        }],
      heading("experiments", "Experiments"),
      ...experimentCards(reports, run),
      ...hasCounterparts(reports)
        ? [
          line([
            link(
              "The paper’s figures, one by one",
              `./${pathOf(FOLDERS.paper)}`,
            ),
            ", and what stands here in place of each.",
          ]),
        ]
        : [],
      ...frontFigures(reports, drawn),
      ...helpsBlocks(reports),
      ...mainClaims(reports),
      ...answered(answers),
      ...scaledDown(reports),
      heading("completeness", "What you can reproduce"),
      completeness(reports, run),
      ...rebuild(run, { pipeline: null }),
      ...environment(run, { pipeline: null }),
      ...citeAll(),
    ],
    withoutContents: true,
  });
}

/** The claims that matter most, and the way to all; then those that were added. */
function mainClaims(reports: readonly Report[]): readonly Block[] {
  const claims = placedClaims(reports, { folder: "" });
  const isAdded = ({ claim }: PlacedClaim) => whoseOf(claim) === "added";
  return [
    ...claimsSection(claims.filter((one) => !isAdded(one)), {
      id: "claims",
      title: "Claims",
      about: VERDICTS_IN_WORDS,
    }),
    ...claimsSection(claims.filter(isAdded), {
      id: "added-claims",
      title: "Added claims",
      about: ADDED_IN_WORDS,
    }),
  ];
}

function claimsSection(
  claims: readonly PlacedClaim[],
  { id, title, about }: {
    readonly id: string;
    readonly title: string;
    readonly about: string;
  },
): readonly Block[] {
  if (claims.length === 0) return [];
  const page = addressFrom("", pathOf(FOLDERS.claims));
  const all = claims.length === 1 ? "The claim" : `All ${claims.length} claims`;
  return [
    heading(id, title),
    prose(about),
    ...mainClaimsBlocks(claims),
    line([link(all, page), ", including what would decide the open ones:"]),
    claimsLinks(claims.map(({ claim }) => claim), { page }),
  ];
}

/** Answers about data of somebody's own, apart from what is found of the paper. */
function answered(answers: readonly AnsweredQuestion[]): readonly Block[] {
  return answers.length === 0 ? [] : [
    heading("answers", "Further questions"),
    prose(
      "Asked with `deno task ask` about other data than the paper’s; they say nothing of its claims.",
    ),
    cards(
      "Further questions, and their answers",
      ["question", "answer", "examples"],
      answers.map(({ place, answer, examples }) => [
        placeLink("", place),
        answer,
        examples,
      ]),
    ),
  ];
}

/** How many figures stand in for the one that there is not. */
const MOST_INSTEAD = 2;

/** The most telling figure; without one, those that reports nominate in its stead. */
function frontFigures(
  reports: readonly Report[],
  drawn: IndexOptions["drawn"],
): readonly Block[] {
  const found = nominated(reports, "front page");
  const figures =
    (found === undefined
      ? allNominated(reports, "front page, instead").slice(0, MOST_INSTEAD)
      : [found])
      .flatMap((one) => frontFigure(one, drawn))
      // Of two with one id the second would have no address on this page.
      .filter(({ id }, i, all) => all.findIndex((one) => one.id === id) === i)
      .map((figure, i) => ({ ...figure, number: i + 1 }));
  return figures.length === 0 ? [] : [{ kind: "figures", figures }];
}

/** A figure and what it shows; what it found, and how to read it, is where it is from. */
function frontFigure(
  { report, figure }: Nominated,
  drawn: IndexOptions["drawn"],
): readonly FigureBlock[] {
  const placed = placeFigures(report).find((one) => one.figure === figure);
  const rendered = figure && drawn(report).get(figure.id);
  if (rendered === undefined || figure === undefined) return [];
  const { id, title } = figure;
  const path = placed?.place?.path ?? `${pathOf(`${report.id}/`)}#figure-${id}`;
  return [{
    kind: "figure",
    id: `figure-${id}`,
    number: 1,
    title,
    figure: {
      ...rendered,
      caption: [
        `**${escapeMarkdown(title)}.**`,
        // Who sees a figure first cannot know them.
        ..."names" in figure && figure.names !== undefined
          ? [proseMarkdown(figure.names)]
          : [],
      ].join(" "),
    },
    files: addressFrom("", `${report.id}/`) + "/",
    from: [
      "From ",
      link(report.title, addressFrom("", path)),
      " (see there for caveats).",
    ],
    brief: true,
  }];
}

/** The table that a report nominates of what helps, and the way to how it was measured. */
function helpsBlocks(reports: readonly Report[]): readonly Block[] {
  const helps = whatHelps(reports);
  if (helps === undefined) return [];
  const { table, place: { title, path } } = helps;
  return [
    heading("what-helps", "What helps"),
    ...table.finding === undefined ? [] : [prose(proseMarkdown(table.finding))],
    tableBlock({ ...table, ...table.brief }, 1),
    line([
      table.brief === undefined ? "From " : "The whole table: ",
      link(title, addressFrom("", path)),
      ".",
    ]),
  ];
}

/** What is smaller than in the paper, and in the same way, in several experiments; each thing once, with whose it is where there are several of it. */
function scaledDown(reports: readonly Report[]): readonly Block[] {
  const rows = reports
    .filter(({ scaledDownTitle }) => scaledDownTitle === undefined)
    .flatMap(({ scaledDown, title }) =>
      scaledDown.map((row) => ({ row, title }))
    );
  const groups = Map.groupBy(rows, ({ row }) => JSON.stringify(row));
  const alike = [...groups.values()]
    .filter(({ length }) => reports.length === 1 || length > 1)
    .map((group) => ({
      row: group[0]?.row as ScaledDown,
      whose: group.map(({ title }) => escapeMarkdown(title)).join(", "),
    }));
  const shared = alike.map(({ row, whose }) =>
    alike.filter(({ row: { what } }) => what === row.what).length === 1
      ? row
      : { ...row, here: [`${whose}: `, ...[row.here].flat()] }
  );
  return shared.length === 0 ? [] : [
    heading("scaled-down", "What is smaller than in the paper"),
    prose(
      "This applies to the experiments that train networks. Each page says what else differs there.",
    ),
    scaledDownTable(shared, "What is smaller than in the paper"),
  ];
}
