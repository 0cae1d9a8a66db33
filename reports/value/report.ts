/**
 * The value that a pipeline returns: everything its page shows, as plain
 * records. A pipeline writes it as an object literal in which any value may
 * still be a result to come; reports only ever see values.
 *
 * @module
 */
import type { Claim } from "./claim.ts";
import type { Figure } from "./figure.ts";
import type { DatasetRecord, ModelRecord, ShiftRecord } from "./material.ts";
import type { Nomination } from "./nomination.ts";
import type { Counterparts } from "./paper_figures.ts";
import type { Picture } from "./picture.ts";
import type { Prose } from "./prose.ts";
import type { Quantity } from "./quantity.ts";

/** All that the page of one experiment shows. */
export interface Report {
  /** Name of the pipeline: lower-case words joined by hyphens; its folder on the site. */
  readonly id: string;
  /** Title of the page. */
  readonly title: string;
  /** The question it asks, as one sentence. */
  readonly question: string;
  /** The answer in a sentence or two; numbers in it are results. */
  readonly answer?: Prose | undefined;
  /** What of the answer few readers need; its page has it folded. */
  readonly answerInDetail?: Prose | undefined;
  /** What is claimed and what was found. */
  readonly claims: readonly Claim[];
  /** What differs from the paper's setting, one row a thing. */
  readonly scaledDown: readonly ScaledDown[];
  /** Heading of {@linkcode Report.scaledDown}; "What is smaller than in the paper" by default. */
  readonly scaledDownTitle?: string | undefined;
  /** Figures in reading order; they are numbered in it. */
  readonly figures: readonly Figure[];
  /**
   * Ids of the figures that its page shows where it does not show all; every
   * figure then has a page of its own. If left out, all up to four drawings, of
   * more the first two figures or, if these have more, the first.
   */
  readonly mainFigures?: readonly string[] | undefined;
  /** Its figures and pictures that pages about the whole project may show. */
  readonly nominations?: readonly Nomination[] | undefined;
  /** What of it stands in place of the paper's figures; left out where the paper has nothing like it. */
  readonly counterparts?: Counterparts | undefined;
  /** Tables in reading order; they are numbered in it. */
  readonly tables?: readonly Table[] | undefined;
  /** Pictures, such as a contact sheet of a shift. */
  readonly pictures?: readonly Picture[] | undefined;
  /** Prose with headings, e.g. the method. */
  readonly sections?: readonly Section[] | undefined;
  /** What the pre-trained networks saw before fine-tuning. */
  readonly pretraining?: readonly Pretraining[] | undefined;
  /** The data that it used. */
  readonly datasets: readonly DatasetRecord[];
  /** The shifts under which it measured. */
  readonly shifts?: readonly ShiftRecord[] | undefined;
  /** The networks that it trained. */
  readonly models?: readonly ModelRecord[] | undefined;
}

/** One way in which this experiment is smaller than the paper's. */
export interface ScaledDown {
  /** What is smaller, e.g. "network". */
  readonly what: string;
  /** What the paper used. */
  readonly paper: Prose;
  /** What is used here. */
  readonly here: Prose;
}

/** Prose under a heading. */
export interface Section {
  /** Stands in its address. */
  readonly id: string;
  /** The heading. */
  readonly title: string;
  /** Markdown. */
  readonly text: Prose;
}

/** A number with the ends of its interval: `+5.9 (4.8, 7.0)`. */
export interface CellInterval extends Quantity {
  readonly low: number;
  readonly high: number;
  /** Another number of the same things, which stands before it: `54.5%; +5.9 (4.8, 7.0)`. */
  readonly after?: Quantity | undefined;
}

/** A cell: text, a number in text, one with its interval, or nothing. */
export type Cell = string | Quantity | CellInterval | null;

/** A numbered table. */
export interface Table {
  /** Stands in its address. */
  readonly id: string;
  /** What it shows. */
  readonly caption: Prose;
  /** What it found, in a sentence or two, where it stands on the front page; the answer of its own page has them too. */
  readonly finding?: Prose;
  /** Titles of the columns. */
  readonly columns: readonly string[];
  /** What each column belongs to, where they go together: "in support"; "" for one that stands alone. In a narrow window every row is then a card. */
  readonly groups?: readonly string[] | undefined;
  /** One cell a column in each row. */
  readonly rows: readonly (readonly Cell[])[];
  /** What of it stands on the front page; all of it if left out. */
  readonly brief?:
    | Pick<Table, "caption" | "columns" | "groups" | "rows">
    | undefined;
}

/** What one kind of pre-trained network saw before fine-tuning. */
export interface Pretraining {
  /** Name as in the figures, e.g. "photo". */
  readonly name: string;
  /** Images, labels, augmentation, steps. */
  readonly saw: Prose;
}
