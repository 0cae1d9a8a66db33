/**
 * The page of effective robustness in somebody's own table: the figure, the
 * numbers, and how they were made.
 *
 * @module
 */
import type { GroupedRobustness } from "../../stats/lines/grouped_robustness.ts";
import { citePaper } from "../pages/compose_run.ts";
import type { Block, Line, Page } from "../document/document.ts";
import {
  code,
  commands,
  type Fact,
  fact,
  facts,
  folded,
  heading,
  line,
  notice,
  numbers,
  prose,
  table,
} from "../document/pieces.ts";
import { groupSentences } from "../value/er_answer.ts";
import {
  errorsText,
  noiseText,
  robustnessJson,
  sizesText,
  type TableReading,
  unitText,
} from "../value/er_text.ts";
import { levelText } from "../value/wording.ts";
import { blocks } from "../text/blocks.ts";
import { escapeMarkdown } from "../text/escape.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import { points, span } from "../figures/drawing/columns.ts";
import {
  drawnOnTheLine,
  onTheLineCsv,
} from "../figures/on_the_line/on_the_line.ts";
import type { OnTheLineFigure } from "../value/on_the_line_figure.ts";
import { pageMarkdown } from "../document/markdown.ts";
import { pageHtml } from "../document/page.ts";
import { readingBlocks } from "../pages/compose_reading.ts";
import { formatNumber } from "../value/quantity.ts";
import { STYLE } from "./style.ts";

/** Name of the figure's files. */
export const FIGURE = "effective-robustness";

/** The figure tells this many groups apart. */
const STYLES = 6;

/** What the page tells beside the measurement. */
export interface ErPageOptions extends TableReading {
  /** Digest of the file. */
  readonly sha256: string;
  readonly warnings: readonly string[];
  /** Words of the command that makes the page again. */
  readonly command: readonly string[];
  /** Version of this program. */
  readonly version: string;
}

/** The page and the data of its figure, by path; the same table gives the same bytes. */
export interface ErFiles {
  readonly page: ReadonlyMap<string, string>;
  readonly data: ReadonlyMap<string, Iterable<string>>;
}

/** Every file of the page. */
export function composeEr(
  measurement: GroupedRobustness,
  options: ErPageOptions,
): ErFiles {
  const figure = figureOf(measurement, options);
  const drawn = drawnOnTheLine(figure);
  const page: Page = {
    folder: "",
    title: `Effective robustness in ${options.file}`,
    lead:
      `Do models do better on "${options.columns.shifted}" than models of group "${measurement.baseline}" with the same accuracy on "${options.columns.reference}"?`,
    description:
      `Effective robustness of ${measurement.models.length} models, measured by shiftline.`,
    blocks: [
      {
        kind: "answer",
        markdown: groupSentences(measurement).map(escapeMarkdown).join("\n\n"),
      },
      ...options.warnings.map((one) => notice("Caution:", ` ${one}.`)),
      heading("figure", "Figure"),
      {
        kind: "figure",
        id: `figure-${FIGURE}`,
        number: 1,
        title: `Effective robustness in ${options.file}`,
        figure: drawn,
      },
      heading("groups", "Groups"),
      groupTable(measurement),
      ...readingBlocks([drawn]),
      heading("method", "Method"),
      prose(method(measurement)),
      heading("table", "The table"),
      facts(factsOf(measurement, options)),
      folded("The exact file", [line(["SHA-256: ", code(options.sha256)])]),
      heading("rebuild", "Reproduce this page"),
      line(
        "In the folder of shiftline; of a table that is elsewhere, give its path for its name.",
      ),
      commands(options.command.map(shellWord).join(" ")),
      ...citePaper(),
    ],
    footer:
      `Made by shiftline ${options.version} from a table that its reader supplied. Not by the authors of the paper.`,
  };
  return {
    page: new Map([
      ["index.html", pageHtml(page)],
      ["index.md", pageMarkdown(page)],
      ["style.css", STYLE],
      [`${FIGURE}.svg`, drawn.file],
    ]),
    data: new Map([
      [`${FIGURE}.csv`, blocks(onTheLineCsv(figure))],
      [`${FIGURE}.json`, blocks(robustnessJson(measurement))],
    ]),
  };
}

function figureOf(
  { baseline, baselines, level, line, groups }: GroupedRobustness,
  { columns, file }: TableReading,
): OnTheLineFigure {
  const [highest] = groups.toSorted((a, b) =>
    b.robustness.mean - a.robustness.mean
  );
  return {
    kind: "on-the-line",
    id: FIGURE,
    title: `Effective robustness in ${file}`,
    finding: highest === undefined ? "" : [
      `The highest mean effective robustness, that of ${
        escapeMarkdown(highest.name)
      }, is `,
      { value: highest.robustness.mean, unit: "points" },
      ".",
    ],
    ...groups.length <= STYLES ? {} : {
      note: `Colours and shapes repeat after ${STYLES} groups.`,
    },
    distributions: { reference: columns.reference, shifted: columns.shifted },
    line,
    level,
    baselineTitle: `models of group "${baseline}"`,
    baselines,
    groups: groups.map(({ name, members, robustness }) => ({
      name,
      members: members.map((point) => ({
        title: point.model,
        runs: [point],
      })),
      mean: robustness,
    })),
  };
}

function groupTable({ groups, level }: GroupedRobustness): Block {
  return table(
    "Effective robustness by group",
    [
      "group",
      numbers("models"),
      numbers("mean ER, points"),
      numbers(`${levelText(level)} interval`),
      numbers("by the line alone"),
      numbers("highest"),
      "model of the highest",
    ],
    groups.map(({ name, robustness }) => [
      name,
      String(robustness.n),
      points(robustness.mean),
      span(robustness),
      span(robustness.averagedColumns),
      points(robustness.averagedColumns.max),
      robustness.averagedColumns.maxModel,
    ]),
  );
}

function method({ line, level, sizes }: GroupedRobustness): string {
  const scaled = line.scale === "linear"
    ? "the accuracies as they are"
    : line.scale === "probit"
    ? "the accuracies after Φ⁻¹, the inverse of the normal distribution function"
    : "the logits of the accuracies, ln(p / (1 − p))";
  return `A model’s **effective robustness** (ER) is its shifted accuracy minus what the line through the baselines predicts from its reference accuracy. The line is fitted by least squares to ${scaled}. A model’s interval is the pointwise ${
    levelText(level)
  } t interval of the mean line, with the residual standard error √(SSE/(n − 2)). The interval of a group’s mean combines the ${
    errorsText({ sizes })
  }; the squares of their half-widths are added. For the spread of a group of one model stands that of the baselines about the line, so that its interval is where a baseline would be expected. “By the line alone” is the paper’s kind of interval, the average of the ends of the models’ intervals, which is too narrow wherever models differ. ${
    noiseText(
      sizes,
      "give their numbers with `--reference-size` and `--shifted-size` to add it",
    )
  }.`;
}

function factsOf(
  { baseline, line, sizes, models }: GroupedRobustness,
  { file, columns, table }: ErPageOptions,
): readonly Fact[] {
  return [
    ["file", code(file)],
    ["models", `${models.length}, all rows that were used`],
    ["names", columnLine(columns.name)],
    ["reference accuracy", columnLine(columns.reference)],
    ["shifted accuracy", columnLine(columns.shifted)],
    ["accuracies", `read as ${unitText(table)}`],
    ...fact("test examples", sizes && sizesText(sizes)),
    ["groups", columnLine(columns.group)],
    ["baselines", ["group ", code(baseline), `, n = ${line.n}`]],
    [
      "line",
      `${line.scale} scale, slope ${
        formatNumber({ value: line.slope, digits: 4 })
      }, intercept ${formatNumber({ value: line.intercept, digits: 4 })}, r² ${
        formatNumber({ value: line.r2, digits: 4 })
      }`,
    ],
  ];
}

function columnLine(name: string): Line {
  return name === "" ? "column without a name" : ["column ", code(name)];
}
