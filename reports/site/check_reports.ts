/**
 * What must hold of reports before pages are made of them.
 *
 * @module
 */
import { FOLDERS } from "../document/address.ts";
import { gather, type Gathered } from "../document/gather.ts";
import { LINEAGE } from "../document/figure_sources.ts";
import { WHOSE } from "../value/claim_groups.ts";
import type { Report } from "../value/report.ts";
import { checkIds } from "../value/report_ids.ts";

/**
 * Refuses reports whose pages would contradict each other.
 *
 * @throws {TypeError} if an id is not fit for an address or is taken twice, two datasets or shifts have one, or something refers to what is not there
 */
export function checkReports(reports: readonly Report[]): void {
  const folders = Object.values(FOLDERS).map((folder) => folder.slice(0, -1));
  checkIds([...folders, ...reports.map(({ id }) => id)], "report");
  const { datasets, shifts, models } = gather(reports);
  checkIds(datasets.map(({ record }) => record.id), "dataset");
  checkIds(shifts.map(({ record }) => record.id), "shift");
  checkIds(models.map(({ record }) => record.id), "network");
  checkSame(datasets, "dataset", ({ digest }) => `with SHA-256 ${digest}`);
  checkSame(shifts, "shift", ({ title }) => `called "${title}"`);
  for (const report of reports) checkReport(report);
}

/** @throws {TypeError} if reports give one id to things that are told apart by `mark` */
function checkSame<T extends { readonly id: string }>(
  gathered: readonly Gathered<T>[],
  what: string,
  mark: (record: T) => string,
): void {
  for (const { record, uses } of gathered) {
    const [first, other] = [true, false].map((isSame) =>
      uses.find((use) => (mark(use.record) === mark(record)) === isSame)
    );
    if (first === undefined || other === undefined) continue;
    throw new TypeError(
      `Cannot show ${what} "${record.id}": report "${first.report.id}" has one ${
        mark(record)
      }, report "${other.report.id}" another ${
        mark(other.record)
      }; give one of them another id`,
    );
  }
}

function checkReport(report: Report): void {
  const { nominations = [], mainFigures = [] } = report;
  const { figures, pictures = [], tables = [], sections = [], claims } = report;
  const { counterparts } = report;
  // Figures and pictures are files of one folder.
  const own = (what: string, ids: readonly string[]) =>
    checkIds(ids, what, ` of report "${report.id}"`);
  own("figure", [LINEAGE, ...[...figures, ...pictures].map(({ id }) => id)]);
  own("table", tables.map(({ id }) => id));
  own("section", [...OWN_IDS, ...sections.map(({ id }) => id)]);
  own("claim", claims.map(({ id }) => id));
  const mistake = (what: string, state: string) =>
    new TypeError(`Cannot show ${what} of report "${report.id}": ${state}`);
  for (const { id, figure } of claims) {
    if (figure !== undefined && !figures.some((one) => one.id === figure)) {
      throw mistake(`claim "${id}"`, `it has no figure "${figure}"`);
    }
  }
  const shown = [
    ...mainFigures.map((id) => ({ place: undefined, id })),
    ...nominations,
  ];
  for (const { place, id } of shown) {
    const [among, what] = place === "front page, what helps"
      ? [tables, "table"]
      : [[...figures, ...pictures], "figure or picture"];
    if (!among.some((one) => one.id === id)) {
      throw mistake(`"${id}"`, `it has no such ${what}`);
    }
  }
  for (const id of Object.values(counterparts?.of ?? {}).flat()) {
    if (![...figures, ...pictures, ...tables].some((one) => one.id === id)) {
      throw mistake(
        `counterpart "${id}"`,
        "it has no such figure, picture or table",
      );
    }
  }
  const whole = tables.flatMap((table) => [
    table,
    ...table.brief === undefined ? [] : [{ ...table.brief, id: table.id }],
  ]);
  for (const { id, columns, groups = columns, rows } of whole) {
    const of = `for ${columns.length} columns`;
    if (groups.length !== columns.length) {
      throw mistake(`table "${id}"`, `it has ${groups.length} groups ${of}`);
    }
    for (const [i, { length }] of rows.entries()) {
      if (length !== columns.length) {
        throw mistake(
          `table "${id}"`,
          `row ${i + 1} has ${length} cells ${of}`,
        );
      }
    }
  }
}

/** Ids of the headings that every page has. */
const OWN_IDS = [
  "content",
  "claims",
  ...WHOSE.map((whose) => `claims-${whose}`),
  "figures",
  "scaled-down",
  "pictures",
  "tables",
  "pre-training",
  "data",
  "environment",
  "rebuild",
  "further-figures",
  "lineage",
];
