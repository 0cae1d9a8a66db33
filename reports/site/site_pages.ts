/**
 * Every page of the site, in an order in which one can read them.
 *
 * @module
 */
import { messageOf } from "../../engine/define/message_of.ts";
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
import { composePaper, hasCounterparts } from "../pages/compose_paper.ts";
import { composeReport } from "../pages/compose_report.ts";
import { composeRuns } from "../pages/compose_runs.ts";
import { composeShift } from "../pages/compose_shift.ts";
import { whatHelps } from "../pages/nominated.ts";
import type { Surroundings } from "../document/document.ts";
import { FOLDERS, pathOf } from "../document/address.ts";
import { gather } from "../document/gather.ts";
import type { Picture } from "../value/picture.ts";
import type { Provenance } from "../runs/stage_provenance.ts";
import type { Report } from "../value/report.ts";
import type { PastRun } from "../runs/past_run.ts";
import type { RunRecord } from "../runs/run_record.ts";
import { navigationOf, type Place, placeOf } from "../document/navigation.ts";
import type {
  PageOptions,
  ReportPageOptions,
  SitePage,
} from "../pages/site_page.ts";
import { drawnFigures } from "../figures/draw_figure.ts";
import { answerLine, askPage, sizesOf, titleOf } from "./ask_page.ts";
import type { PublishedAnswer } from "./kept_answer.ts";

/** What pages are made of. */
export interface SitePagesOptions {
  /** Reports in reading order. */
  readonly reports: readonly Report[];
  /** The run behind them. */
  readonly run: RunRecord;
  /** Runs that changed something, newest first; without them there is no page of runs. */
  readonly history?: readonly PastRun[] | undefined;
  /** How to use the project; without it there is no guide. */
  readonly guide?: Guide | undefined;
  /** Answers to questions of one's own; no page leads to them without. */
  readonly answers?: readonly PublishedAnswer[] | undefined;
  /** By report, the stages behind it. */
  readonly provenance?: ReadonlyMap<string, Provenance> | undefined;
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
  }: SitePagesOptions,
): readonly SitePage[] {
  const guideOrder = guidePlaces(guide);
  const navigation = navigationOf(reports, {
    history: history !== undefined,
    guide: guideOrder,
    answers: answers.map(placeOfAnswer),
  });
  const onSite: PageOptions = { run, around: { navigation } };
  const { datasets, shifts, models } = gather(reports);
  const up: Place = { title: "Material", path: pathOf(FOLDERS.material) };
  const ofMaterial: PageOptions = { run, around: { navigation, up } };
  const places = reports.map((report) => placeOf(report));
  const sheets = new Map(
    shifts.flatMap(({ record: { id, sheet } }) =>
      sheet === undefined ? [] : [[id, sheet] as const]
    ),
  );
  // First, for what is wrong with a report is then said of it.
  const reportPages = reports.flatMap((report, i) =>
    pagesOf(report, {
      run,
      provenance: provenance?.get(report.id),
      drawn: drawnFigures(report),
      sheets,
      around: { navigation, ...neighbours(places, i) },
    })
  );
  return [
    {
      page: composeIndex(reports, {
        ...onSite,
        drawn: drawnFigures,
        answers: answers.map((answer) => ({
          place: placeOfAnswer(answer),
          answer: answerLine(answer.findings),
          examples: sizesOf(answer.findings),
        })),
      }),
    },
    ...reportPages,
    ...reports.every(({ claims }) => claims.length === 0)
      ? []
      : [{ page: composeAllClaims(reports, onSite) }],
    ...answers.map(({ findings, options }) =>
      askPage(findings, options, {
        folder: folderOf(options),
        around: onSite.around,
        helps: whatHelps(reports)?.place,
      })
    ),
    ...hasCounterparts(reports)
      ? [{ page: composePaper(reports, onSite) }]
      : [],
    composeMethod(reports, onSite),
    { page: composeMaterial(reports, onSite) },
    ...shifts.map((shift) => ({
      page: composeShift(shift, ofMaterial),
      files: sheetOf(shift.record),
    })),
    ...models.map((model) => ({ page: composeModel(model, ofMaterial) })),
    ...datasets.map((dataset) => ({
      page: composeDataset(dataset, ofMaterial),
      files: sheetOf(dataset.record),
    })),
    ...history === undefined ? [] : [{ page: composeRuns(history, onSite) }],
    ...composeGuide(guide, {
      run,
      around: (i) => ({
        navigation,
        up: i === 0 ? undefined : guideOrder[0],
        ...neighbours(guideOrder, i),
      }),
    }).map((page) => ({ page })),
  ];
}

/** The pages of a report: its own, those of single figures where it has many, that of the stages behind it where they are known. An error names the report. */
function pagesOf(
  report: Report,
  options: ReportPageOptions,
): readonly SitePage[] {
  const { run, provenance, around } = options;
  try {
    return [
      { page: composeReport(report, options) },
      ...figurePages(report, options),
      ...provenance === undefined || provenance.stages.length === 0 ? [] : [
        composeLineage(report, {
          provenance,
          run,
          around: { navigation: around.navigation, up: placeOf(report) },
        }),
      ],
    ];
  } catch (cause) {
    const state = messageOf(cause);
    throw new Error(`Cannot show report "${report.id}": ${state}`, { cause });
  }
}

function folderOf({ name }: PublishedAnswer["options"]): string {
  return `${FOLDERS.answers}${name}/`;
}

function placeOfAnswer({ options }: PublishedAnswer): Place {
  return { title: titleOf(options), path: pathOf(folderOf(options)) };
}

function figurePages(
  report: Report,
  options: ReportPageOptions,
): readonly SitePage[] {
  const placed = placeFigures(report).flatMap((figure) =>
    figure.place === undefined ? [] : [{ ...figure, place: figure.place }]
  );
  const places = placed.map(({ place }) => place);
  const { navigation } = options.around;
  return placed.map((figure, i) => ({
    page: composeFigure(report, figure, {
      ...options,
      around: { navigation, up: placeOf(report), ...neighbours(places, i) },
    }),
  }));
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
