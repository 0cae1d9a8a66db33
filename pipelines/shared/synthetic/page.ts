/**
 * The figures and tables that the pages of the synthetic shifts have in common.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Figure } from "../../../reports/value/figure.ts";
import type { RobustnessEstimate } from "../../../reports/value/robustness_bars_figure.ts";
import type { LinePanel } from "../../../reports/value/on_the_line_figure.ts";
import type { Table } from "../../../reports/value/report.ts";
import { SUPPORT_WORDS } from "../../../reports/value/support_words.ts";
import type { fitLine } from "../../../tasks/lines/fit_line.ts";
import { tabulateFits } from "../../../tasks/lines/tabulate_fits.ts";
import { tabulateRobustness } from "../../../tasks/lines/tabulate_robustness.ts";
import { inWords, LINE_TITLES, THROUGH } from "./claims.ts";
import {
  type ByLine,
  type Gain,
  type Gains,
  type LineName,
  LINES,
} from "./gains.ts";
import { KINDS, scratchRun } from "./networks.ts";
import { LEVEL, type Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

/** What the figures and tables of one shift are about. */
export interface Shown {
  /** The shift, e.g. "vertical flip". */
  readonly title: string;
  /** Part of the ids of its figures where a page has several shifts. */
  readonly id?: string | undefined;
  readonly gains: Gains;
  readonly distributions: {
    readonly reference: string;
    readonly shifted: string;
  };
}

/** What each line goes through. */
export const BASELINES: ByLine<string> = {
  checkpoints: "averaged checkpoints of networks trained from scratch",
  sizes:
    "finished networks trained from scratch on different numbers of images",
};

/** Id of a figure or table of a shift: of several each begins with that of its shift. */
export function idOf({ id }: Shown, name: string): string {
  return id === undefined ? name : `${id}-${name}`;
}

/** What the names of the groups mean, for figures that are read alone. */
export const KINDS_IN_WORDS =
  "*Photo* networks were pre-trained on photographs changed in many ways, tints and upside down among them; *narrow* networks, the control, on the same photographs without such changes.";

/** What a figure or a panel shows of one shift over one line: networks of all methods of fine-tuning, or of those alone whose mean the legend gives. */
function overLine(
  { gains, distributions }: Shown,
  name: LineName,
  { hasAllMethods = true }: { readonly hasAllMethods?: boolean } = {},
) {
  const { fit, photo, narrow, methods } = gains[name];
  return {
    finding: [
      `Mean effective robustness: photo${
        methods.photo.length > 1 ? " (FT)" : ""
      } `,
      ...inWords(photo),
      "; narrow ",
      ...inWords(narrow),
      ".",
    ],
    distributions,
    line: fit.line,
    baselineTitle: BASELINES[name],
    baselines: fit.points,
    groups: KINDS.map((kind) => ({
      name: kind,
      members: methods[kind]
        .filter(({ method }) => hasAllMethods || method === "FT")
        .map(({ method, gain }) => ({
          title: `${kind}, ${method}`,
          runs: gain.points,
        })),
      mean: gains[name][kind].mean,
    })),
  };
}

/** The paper's figure, once over each line. */
export function lineFigures(shown: Shown): readonly Lazy<Figure>[] {
  const { gains, title } = shown;
  return LINES.map((name): Lazy<Figure> => ({
    kind: "on-the-line",
    id: idOf(shown, name),
    title: `${title}, over the ${LINE_TITLES[name]}`,
    note: name === "checkpoints"
      ? "The band is the paper’s, which treats the checkpoints of a run as independent; the intervals do not."
      : [
        "Networks trained on more than the reference images also see labels of the pre-training pool. Over the reference accuracies of the photo networks, the two lines ",
        gains.lines.words,
        "; the prediction of the line of checkpoints minus that of the other is ",
        ...inWords(gains.lines),
        ", as if their runs were others, and without the test images.",
      ],
    names: KINDS_IN_WORDS,
    level: LEVEL,
    ...overLine(shown, name),
  }));
}

/** What all networks here are, beside those of others. */
const NETWORKS = "small networks on CIFAR-10";

/** The paper's figure for several shifts side by side, once over each line. */
export function panelFigures(
  shifts: readonly (Shown & { readonly support: "in" | "out" })[],
  { title, published }: {
    readonly title: string;
    /** What is known of others' finished networks, and what their panels show. */
    readonly published: {
      readonly panels: readonly Lazy<LinePanel>[];
      readonly inWords: string;
    };
  },
): readonly Lazy<Figure>[] {
  return LINES.map((name): Lazy<Figure> => ({
    kind: "line-panels",
    id: `panels-${name}`,
    title: `${title}, over the ${LINE_TITLES[name]}`,
    finding: [
      "Mean effective robustness of the photo networks: ",
      ...shifts.flatMap(({ title, support, gains }, i) => [
        `${i === 0 ? "" : "; "}${title.toLowerCase()} (${
          SUPPORT_WORDS[support]
        }) `,
        ...inWords(gains[name].photo),
      ]),
      ".",
    ],
    names: name === "sizes"
      ? `${KINDS_IN_WORDS} ${published.inWords}`
      : KINDS_IN_WORDS,
    level: LEVEL,
    panels: [
      ...shifts.map((shown) => ({
        title: shown.title,
        support: shown.support,
        networks: NETWORKS,
        ...overLine(shown, name, { hasAllMethods: false }),
      })),
      ...name === "sizes" ? published.panels : [],
    ],
  }));
}

/** Losses and accuracies of the networks trained from scratch, epoch by epoch. */
export function trainingFigure(
  shown: Shown,
  { title, setting, scale }: {
    readonly title: string;
    readonly setting: Setting;
    readonly scale: Scale;
  },
): Lazy<Figure> {
  return {
    kind: "training-curves",
    id: "training",
    title: `${title}: training from scratch`,
    note:
      "Checkpoints are averages of the weights and lag behind the weights whose loss is shown.",
    runs: setting.scratch.seeds.map((seed) => ({
      name: "scratch",
      seed,
      history: scratchRun(setting, { scale, seed }).history,
    })),
    checkpoints: shown.gains.checkpoints.fit.points,
  };
}

/** What a figure of bars shows of one group under one shift, over each line. */
export function barsOverLines(
  { shift, group }: Pick<RobustnessEstimate, "shift" | "group">,
  over: ByLine<Pick<Gain, "mean" | "overlap" | "r2">>,
): readonly Lazy<RobustnessEstimate>[] {
  return LINES.map((line) => {
    const { mean, overlap, r2 } = over[line];
    return { shift, group, baselines: THROUGH[line], mean, overlap, r2 };
  });
}

/** Every effective robustness with its errors apart, and every fit. */
export function robustnessTables(shown: Shown): readonly Lazy<Table>[] {
  const { gains, title } = shown;
  return [
    {
      id: idOf(shown, "intervals"),
      caption:
        `${title}: mean effective robustness in points. “From” and “to” bound the 95% interval. Its three sources of error are listed as half-widths: the spread between networks, the test images (beyond that spread) and the uncertainty of the line; “paper’s ±” is the uncertainty of the line alone, as the paper prints it after ±. The last columns say how many networks lie within the baselines’ reference accuracies, and how far outside the others are, in points.`,
      ...tabulateRobustness({
        titles: ["line", "pre-training", "fine-tuning"],
        rows: LINES.flatMap((line) =>
          KINDS.flatMap((kind) =>
            gains[line].methods[kind].map((
              { method, gain: { mean, overlap } },
            ) => ({
              cells: [LINE_TITLES[line], kind, method],
              mean,
              overlap,
            }))
          )
        ),
      }, gains.label),
    },
    fitsTable(
      LINES.map((name) => ({ title: LINE_TITLES[name], fit: gains[name].fit })),
      { id: idOf(shown, "fits"), title, label: gains.label },
    ),
  ];
}

/** How well both lines under each shift fit. */
export function fitsOver(
  shifts: readonly {
    readonly name: string;
    readonly lines: ByLine<{ readonly fit: ReturnType<typeof fitLine> }>;
  }[],
  { title, label }: { readonly title: string; readonly label: string },
): Lazy<Table> {
  const lines = shifts.flatMap(({ name, lines }) =>
    LINES.map((line) => ({
      title: `${name}, ${LINE_TITLES[line]}`,
      fit: lines[line].fit,
    }))
  );
  return fitsTable(lines, { id: "fits", title, label });
}

/** How well the lines fit, pooled and, unless left out, run by run. */
export function fitsTable(
  lines: readonly {
    readonly title: string;
    readonly fit: ReturnType<typeof fitLine>;
  }[],
  { id, title, label, byRun = true }: {
    readonly id: string;
    /** What all lines are about; begins the caption. */
    readonly title: string;
    /** Whether each run has a row of its own. */
    readonly byRun?: boolean;
    /** Label of the stage. */
    readonly label: string;
  },
): Lazy<Table> {
  return {
    id,
    caption: `${title}: the lines on the probit scale, ${
      byRun
        ? "pooled and through each run separately. A run with a single network has no line of its own."
        : "through all runs."
    }`,
    ...tabulateFits({
      fits: lines.map(({ title, fit: { line, runs } }) => ({
        title,
        pooled: line,
        runs: byRun ? runs : [],
      })),
    }, label),
  };
}
