/**
 * Every page of the site, in an order in which one can read them.
 *
 * @module
 */
import { composeAllClaims } from "../pages/compose_all_claims.ts";
import { composeDataset } from "../pages/compose_dataset.ts";
import { composeFigure, placeFigures } from "../pages/compose_figure.ts";
import {
  composeGuide,
  type Guide,
  guidePlaces,
} from "../pages/compose_guide.ts";
import { composeIndex } from "../pages/compose_index.ts";
import { composeLineage } from "../pages/compose_lineage.ts";
import { composeMaterial } from "../pages/compose_material.ts";
import { composeMethod } from "../pages/compose_method.ts";
import { composeModel } from "../pages/compose_model.ts";
import { composeReport } from "../pages/compose_report.ts";
import { composeRuns } from "../pages/compose_runs.ts";
import { composeShift } from "../pages/compose_shift.ts";
import { whatHelps } from "../pages/nominated.ts";
import type { Surroundings } from "../document/document.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import { FOLDERS, pathOf } from "../document/address.ts";
import type { Making } from "../document/figure_sources.ts";
import { gather } from "../document/gather.ts";
import type { Picture } from "../value/picture.ts";
import type { Provenance } from "../runs/stage_provenance.ts";
import type { Report } from "../value/report.ts";
import type { PastRun } from "../runs/past_run.ts";
import type { RunRecord } from "../runs/run_record.ts";
import {
  type Navigation,
  navigationOf,
  type Place,
  placeOf,
} from "../document/navigation.ts";
import type { SitePage } from "../pages/site_page.ts";
import { answerLine, askPage, sizesOf, titleOf } from "./ask_page.ts";
import type { PublishedAnswer } from "./kept_answer.ts";

/** What pages are made of. */
export interface SitePagesOptions {
  /** Reports in reading order. */
  readonly reports: readonly Report[];
  readonly run: RunRecord;
  /** Earlier runs, the last one first; without them there is no page of runs. */
  readonly history?: readonly PastRun[] | undefined;
  /** How to use the project; without it there is no guide. */
  readonly guide?: Guide | undefined;
  /** Answers to questions of one's own; no page leads to them without. */
  readonly answers?: readonly PublishedAnswer[] | undefined;
  /** By report, the stages behind it. */
  readonly provenance?: ReadonlyMap<string, Provenance> | undefined;
  /** Drawn figures of a report by id. */
  readonly drawn: (report: Report) => ReadonlyMap<string, RenderedFigure>;
}

/**
 * The front page, the experiments, the claims, the method, the material, the
 * runs, the guide.
 *
 * @throws {Error} if a report cannot be shown, e.g. a number is not finite or a claim cannot be judged
 */
export function sitePages(
  {
    reports,
    run,
    history,
    guide = new Map(),
    answers = [],
    provenance,
    drawn,
  }: SitePagesOptions,
): readonly SitePage[] {
  const guideOrder = guidePlaces(guide);
  const navigation = navigationOf(reports, {
    history: history !== undefined,
    guide: guideOrder,
    answers: answers.map(placeOfAnswer),
  });
  const around: Surroundings = { navigation };
  const { datasets, shifts, models } = gather(reports);
  const material: Place = {
    title: "Material",
    path: pathOf(FOLDERS.material),
  };
  const alone = (page: SitePage["page"]): SitePage => ({
    page,
    files: new Map(),
  });
  // First, for what is wrong with a report is then said of it.
  const reportPages = reports.flatMap((report, i) =>
    ofReport(report, (): readonly SitePage[] => [
      alone(composeReport(report, {
        run,
        provenance: provenance?.get(report.id),
        drawn: drawn(report),
        around: {
          navigation,
          ...neighbours(reports.map((report) => placeOf(report)), i),
        },
      })),
      ...figurePages(report, {
        run,
        navigation,
        drawn: drawn(report),
        provenance: provenance?.get(report.id),
      }),
      ...lineagePage(report, { run, navigation, provenance }),
    ])
  );
  return [
    alone(composeIndex(reports, {
      run,
      around,
      drawn,
      answers: answers.map((answer) => ({
        place: placeOfAnswer(answer),
        answer: answerLine(answer.findings),
        examples: sizesOf(answer.findings),
      })),
    })),
    ...reportPages,
    ...reports.every(({ claims }) => claims.length === 0)
      ? []
      : [alone(composeAllClaims(reports, { run, around }))],
    ...answers.map(({ findings, options }) =>
      askPage(findings, options, {
        folder: folderOf(options),
        around,
        helps: whatHelps(reports)?.place,
      })
    ),
    composeMethod(reports, { run, around }),
    alone(composeMaterial(reports, { run, around })),
    ...shifts.map((shift) => ({
      page: composeShift(shift, { run, around: { navigation, up: material } }),
      files: sheetOf(shift.record),
    })),
    ...models.map((model) =>
      alone(composeModel(model, { run, around: { navigation, up: material } }))
    ),
    ...datasets.map((dataset) => ({
      page: composeDataset(dataset, {
        run,
        around: { navigation, up: material },
      }),
      files: sheetOf(dataset.record),
    })),
    ...history === undefined
      ? []
      : [alone(composeRuns(history, { run, around }))],
    ...composeGuide(guide, {
      run,
      around: (i) => ({
        navigation,
        up: i === 0 ? undefined : guideOrder[0],
        ...neighbours(guideOrder, i),
      }),
    }).map(alone),
  ];
}

/** Makes something of a report, which an error then names. */
function ofReport<T>(report: Report, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    const state = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot show report "${report.id}": ${state}`, { cause });
  }
}

function folderOf({ name }: PublishedAnswer["options"]): string {
  return `${FOLDERS.answers}${name}/`;
}

function placeOfAnswer({ options }: PublishedAnswer): Place {
  return { title: titleOf(options), path: pathOf(folderOf(options)) };
}

/** Pages of single figures, where a report has many. */
function figurePages(
  report: Report,
  { run, provenance, navigation, drawn }: Making & {
    readonly navigation: Navigation;
    readonly drawn: ReadonlyMap<string, RenderedFigure>;
  },
): readonly SitePage[] {
  const placed = placeFigures(report).flatMap((figure) =>
    figure.place === undefined ? [] : [{ ...figure, place: figure.place }]
  );
  const places = placed.map(({ place }) => place);
  return placed.map((figure, i) => ({
    page: composeFigure(report, figure, {
      run,
      provenance,
      drawn,
      around: { navigation, up: placeOf(report), ...neighbours(places, i) },
    }),
    files: new Map(),
  }));
}

/** The page of the stages behind a report, where they are known. */
function lineagePage(
  report: Report,
  { run, navigation, provenance }: {
    readonly run: RunRecord;
    readonly navigation: Navigation;
    readonly provenance: SitePagesOptions["provenance"];
  },
): readonly SitePage[] {
  const behind = provenance?.get(report.id);
  if (behind === undefined || behind.stages.length === 0) return [];
  const around = { navigation, up: placeOf(report) };
  return [composeLineage(report, { provenance: behind, run, around })];
}

function neighbours(
  places: readonly Place[],
  i: number,
): Pick<Surroundings, "previous" | "next"> {
  return { previous: places[i - 1], next: places[i + 1] };
}

function sheetOf(
  { sheet }: { readonly sheet?: Picture | undefined },
): ReadonlyMap<string, Uint8Array> {
  return new Map(
    sheet === undefined ? [] : [[`${sheet.id}.png`, sheet.png]],
  );
}
