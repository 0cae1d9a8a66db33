/**
 * Which pages a site has, and where.
 *
 * @module
 */
import { addressFrom, FOLDERS, pathOf } from "./address.ts";
import { gather, type Gathered } from "./gather.ts";
import type { Report } from "../value/report.ts";

/** A link in a line of text. */
export interface Link {
  readonly kind: "link";
  readonly text: string;
  readonly href: string;
}

/** A page as others link to it. */
export interface Place {
  readonly title: string;
  /** Its path from the root of the site, which may end in `#id`. */
  readonly path: string;
}

/** Pages of one kind in reading order. */
export interface NavigationSection {
  readonly title: string;
  readonly places: readonly Place[];
}

/** What every page of a site links to. */
export interface Navigation {
  /** What the head of every page links to, the front page first. */
  readonly main: readonly Place[];
  /** Every page but the front page and pages of single figures. */
  readonly sections: readonly NavigationSection[];
}

/** What every page of a site of some reports links to. */
export function navigationOf(
  reports: readonly Report[],
  { history, guide, answers = [] }: {
    readonly history: boolean;
    /** Pages of answers to your own questions. */
    readonly answers?: readonly Place[];
    /** Pages of the guide, the list of them first. */
    readonly guide: readonly Place[];
  },
): Navigation {
  const claims = reports.every(({ claims }) => claims.length === 0)
    ? []
    : [{ title: "Claims", path: pathOf(FOLDERS.claims) }];
  const method = { title: "Method", path: pathOf(FOLDERS.method) };
  const paper = reports.some(({ counterparts }) => counterparts !== undefined)
    ? [{ title: "The paper’s figures", path: pathOf(FOLDERS.paper) }]
    : [];
  const material = { title: "Material", path: pathOf(FOLDERS.material) };
  const runs = history ? [{ title: "Runs", path: pathOf(FOLDERS.runs) }] : [];
  const [guideList, ...guidePages] = guide;
  const list = guideList === undefined ? [] : [guideList];
  const { datasets, shifts, models } = gather(reports);
  const places = (
    folder: string,
    all: readonly Gathered<{ readonly id: string; readonly title: string }>[],
  ) => all.map(({ record }) => placeOf(record, folder));
  return {
    main: [
      { title: "shiftline", path: "index.html" },
      { title: "Experiments", path: "index.html#experiments" },
      ...claims,
      method,
      material,
      ...runs,
      ...list,
    ],
    sections: [
      {
        title: "Experiments",
        places: reports.map((report) => placeOf(report)),
      },
      { title: "Questions", places: answers },
      {
        title: "How",
        places: [...claims, ...paper, method, material, ...runs, ...list],
      },
      { title: "Shifts", places: places(FOLDERS.shifts, shifts) },
      { title: "Networks", places: places(FOLDERS.models, models) },
      { title: "Data", places: places(FOLDERS.data, datasets) },
      { title: "Guide", places: guidePages },
    ].filter(({ places }) => places.length > 0),
  };
}

/** The page of a report, or of a record in the folder of its kind. */
export function placeOf(
  { id, title }: { readonly id: string; readonly title: string },
  folder = "",
): Place {
  return { title, path: pathOf(`${folder}${id}/`) };
}

/** A link from the page of a folder to another. */
export function placeLink(folder: string, { title, path }: Place): Link {
  return { kind: "link", text: title, href: addressFrom(folder, path) };
}
