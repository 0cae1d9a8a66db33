/**
 * The figures of the page of an answer, with the files that lie beside it.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import type { FoundTrial } from "../../stats/asked/found_trial.ts";
import { figureFiles } from "../figures/drawing/figure_content.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import { onTheLine } from "../figures/on_the_line/on_the_line.ts";
import { reliability } from "../figures/reliability/reliability.ts";
import { escapeMarkdown } from "../text/escape.ts";
import type { OnTheLineFigure } from "../value/on_the_line_figure.ts";
import { wholeText } from "./ask_trial.ts";
import type { WithFiles } from "./ask_pieces.ts";

/** Both figures of an answer, numbered as they follow. */
export interface AskFigures {
  /** Whether the sets are told apart with probabilities that are what they say. */
  readonly calibration: WithFiles;
  /** The networks of the trial over their line. */
  readonly trial: WithFiles;
}

const NONE: WithFiles = { blocks: [], files: [] };

/** Draws the figures. */
export function askFigures(
  { shift, trial }: AskFindings,
  about: { readonly name: string },
): AskFigures {
  return {
    calibration: shift === null ? NONE : calibrationOf(shift),
    trial: trial === null || "noLine" in trial
      ? NONE
      : trialOf(trial, { ...about, number: shift === null ? 1 : 2 }),
  };
}

function placed(
  drawn: RenderedFigure,
  { id, ...about }: {
    readonly id: string;
    readonly number: number;
    readonly title: string;
  },
): WithFiles {
  return {
    blocks: [{ kind: "figure", ...about, id: `figure-${id}`, figure: drawn }],
    files: figureFiles(id, drawn),
  };
}

function calibrationOf(
  { reliability: bins }: NonNullable<AskFindings["shift"]>,
): WithFiles {
  const id = "calibration";
  const title = "Whether the classifier is as sure as it should be";
  const drawn = reliability({
    kind: "reliability",
    id,
    title,
    finding:
      "A classifier on all features gives examples that it did not see a probability of being shifted; up is how often that is true.",
    predicted: "predicted probability of being shifted",
    observed: "share that is shifted",
    curves: [{ name: "all features", bins }],
  });
  return placed(drawn, { id, title, number: 1 });
}

function trialOf(
  trial: FoundTrial,
  { name, number }: { readonly name: string; readonly number: number },
): WithFiles {
  const { line, baselines, groups } = trial;
  const id = "trial";
  const gains = groups.map((group) =>
    `${escapeMarkdown(group.name)}: ${wholeText(group)}`
  );
  const figure: OnTheLineFigure = {
    kind: "on-the-line",
    id,
    title: `Pre-trained networks on ${name}`,
    finding: `${gains.join("; ")}.`,
    distributions: { reference: "held-out reference images", shifted: name },
    line,
    level: 0.95,
    baselineTitle: "networks trained from scratch on shares of the images",
    baselines,
    groups: groups.map((group) => ({
      name: group.name,
      members: [{ title: group.name, runs: group.points }],
      mean: group.all,
    })),
  };
  const drawn = onTheLine(figure);
  return placed({ ...drawn, json: `${JSON.stringify(trial, null, 2)}\n` }, {
    id,
    title: "Effective robustness of pre-trained networks",
    number,
  });
}
