/**
 * A page before it is HTML or Markdown. Both are written from the same blocks,
 * so that both say the same.
 *
 * @module
 */
import type { Verdict } from "../value/claim.ts";
import type { FigureOnPage } from "../figures/drawing/rendered_figure.ts";
import type { Link, Navigation, Place } from "./navigation.ts";

/** A piece of a line. A bare string is text, never markup; an estimate has a line of its own, a remark stands apart. */
export type Inline =
  | string
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | Link
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "estimate"; readonly text: string }
  | { readonly kind: "markdown"; readonly source: string }
  | { readonly kind: "remark"; readonly source: string }
  | {
    /** What few readers need, which one opens. */
    readonly kind: "more";
    readonly summary: string;
    readonly text: string;
  };

/** A line of text. */
export type Line = Inline | readonly Inline[];

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** What it and its neighbours belong to; stands above them. */
  readonly group?: string | undefined;
  readonly align?: "right" | undefined;
}

/** A table: `cards` turns its rows into cards in a narrow window. */
export interface TableBlock {
  readonly kind: "table";
  readonly layout: "cards" | "claims cards" | "scroll";
  /** What it shows, for those who hear it, or as its visible caption. */
  readonly label: string;
  /** Id and visible caption of a numbered table. */
  readonly numbered?:
    | { readonly id: string; readonly number: number; readonly caption: string }
    | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Line[])[];
  /** Ids of the rows, where they have addresses. */
  readonly ids?: readonly string[] | undefined;
  /** What is said below each row, across all columns. */
  readonly remarks?: readonly (readonly Inline[])[] | undefined;
}

/** What a figure is made of. */
export interface FigureSources {
  /** The file that describes it. */
  readonly code?: string | undefined;
  /** Address of what says how to read it. */
  readonly reading?: string | undefined;
  /** Address of the stages behind it. */
  readonly lineage?: string | undefined;
  /** Command that makes it again. */
  readonly rebuild?: string | undefined;
}

/** A line of a list; with an id where it has an address. */
export interface ListItem {
  readonly id?: string | undefined;
  readonly text: Line;
}

/** Where a page is among the others of its site. */
export interface Surroundings {
  readonly navigation: Navigation;
  /** The page that it belongs to. */
  readonly up?: Place | undefined;
  /** The page before it in reading order. */
  readonly previous?: Place | undefined;
  /** The page after it in reading order. */
  readonly next?: Place | undefined;
}

/** A drawn figure, numbered on its page. */
export interface FigureBlock {
  readonly kind: "figure";
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly figure: FigureOnPage;
  readonly sources?: FigureSources | undefined;
  /** The way from the page to its files, with a slash at the end; `./` if left out. */
  readonly files?: string | undefined;
  /** Where the report is that it is from, on pages that show figures of others. */
  readonly from?: Line | undefined;
  /** Whether its files and points are left to the page that it is from. */
  readonly brief?: boolean | undefined;
}

/** A picture with what it shows. */
export interface PictureBlock {
  readonly kind: "picture";
  readonly id: string;
  readonly caption: string;
  readonly alt: string;
  readonly src: string;
  /** Whether it takes both columns where others stand side by side. */
  readonly isWide?: boolean | undefined;
}

/** A card that leads to a page, with a picture if there is one, and with what is said of it. */
export interface PictureLink {
  readonly title: string;
  readonly href: string;
  readonly picture?: {
    readonly src: string;
    readonly alt: string;
    /** What of it is shown; all of it if left out. */
    readonly cuts?: PictureCuts | undefined;
  } | undefined;
  readonly lines: readonly Line[];
}

/** Squares of a picture, in its pixels, that are shown side by side. */
export interface PictureCuts {
  /** Size of the whole picture. */
  readonly width: number;
  readonly height: number;
  readonly side: number;
  /** What they show, for those who hear it. */
  readonly label: string;
  /** The upper left corner of each. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

/** A piece of a page. */
export type Block =
  | {
    readonly kind: "heading";
    readonly level: 2 | 3;
    readonly id: string;
    readonly text: string;
  }
  | { readonly kind: "prose"; readonly markdown: string }
  | {
    readonly kind: "answer";
    readonly markdown: string;
    /** What of it few readers need, which one opens. */
    readonly more?:
      | { readonly summary: string; readonly markdown: string }
      | undefined;
  }
  | {
    readonly kind: "notice";
    readonly id?: string | undefined;
    readonly text: Line;
  }
  | { readonly kind: "line"; readonly text: Line }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | {
    readonly kind: "facts";
    readonly items: readonly (readonly [string, Line])[];
  }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | FigureBlock
  | {
    readonly kind: "figures";
    /** Side by side where there is room. */
    readonly figures: readonly (FigureBlock | PictureBlock)[];
  }
  | {
    readonly kind: "pictures";
    /** What they show, for those who hear it. */
    readonly label: string;
    readonly items: readonly PictureLink[];
  }
  | PictureBlock
  | {
    /** What few readers need, which one opens. */
    readonly kind: "folded";
    readonly summary: string;
    readonly blocks: readonly Block[];
    /** Whether it stays closed in print, as digests do. */
    readonly onScreen?: boolean | undefined;
  }
  | {
    readonly kind: "drawing";
    /** What it is, for those who hear it. */
    readonly label: string;
    /** HTML of the drawing, as wide as it needs, and of its legend. */
    readonly html: string;
    readonly legend: string;
    /** What it says, for those who cannot see it. */
    readonly description: string;
    /** Address of the file of the drawing. */
    readonly src: string;
  }
  | TableBlock;

/** A page: where it is, what it is called, what it says. */
export interface Page {
  /** Its folder on the site, "" for the front page, else ending in a slash. */
  readonly folder: string;
  readonly title: string;
  /** The question, or what the site is; stands below the title. */
  readonly lead: string;
  /** What search engines and previews show of the page. */
  readonly description: string;
  readonly blocks: readonly Block[];
  /** Whether it begins without a list of its sections. */
  readonly withoutContents?: boolean | undefined;
  /** The line at the end of the page. */
  readonly footer: Line;
  /** Where the page is among others; left out for one that stands alone. */
  readonly around?: Surroundings | undefined;
}

/** Names of headings for a list of contents. */
export function contents(
  { blocks, withoutContents = false }: Page,
): readonly { readonly id: string; readonly text: string }[] {
  if (withoutContents) return [];
  return blocks.flatMap((block) =>
    block.kind === "heading" && block.level === 2 ? [block] : []
  );
}

/** The way from a page to the root of its site: `./`, `../`, `../../`, … */
export function rootOf({ folder }: Pick<Page, "folder">): string {
  return "../".repeat(folder.split("/").length - 1) || "./";
}

/** The title of a column where nothing stands above it: `flip (in support)`. */
export function wholeTitle({ title, group }: Column): string {
  return group === undefined ? title : `${title} (${group})`;
}
