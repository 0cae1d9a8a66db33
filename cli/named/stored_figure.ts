/**
 * A figure as the store has it.
 *
 * @module
 */
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import { valueAt } from "../../engine/history/output_paths.ts";
import type { ProfileName } from "../../engine/define/pipeline.ts";
import type { Project } from "../../engine/run/project.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { listed } from "../../engine/define/listed.ts";
import { resolve } from "../../engine/run/resolve.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import type { Figure } from "../../reports/value/figure.ts";
import { proseMarkdown } from "../../reports/value/prose.ts";
import type { Report } from "../../reports/value/report.ts";
import { lastRecordsOf } from "./last_records.ts";
import { pipelinesAt } from "./pipelines.ts";
import { wayToResult } from "./stages.ts";
import { suggestion } from "../arguments/nearest.ts";
import type { Registry } from "../shell/shell.ts";
import { UsageError } from "../arguments/usage_error.ts";

/** A figure that can be drawn. */
export type StoredFigure = Exclude<Figure, { readonly kind: "unavailable" }>;

/**
 * The figure that `PIPELINE/FIGURE` names, from what its stages made when they
 * last ran. Runs nothing.
 *
 * @throws {UsageError} if there is no such figure
 * @throws {Error} if the store lacks a result that it shows
 */
export async function storedFigure(
  word: string,
  { registry, project, profile, storeName }: {
    readonly registry: Registry;
    readonly project: Project;
    readonly profile: ProfileName;
    /** The store as the line names it; that of the project if it names none. */
    readonly storeName: string | undefined;
  },
): Promise<StoredFigure> {
  const [name = "", id = "", ...rest] = word.split("/");
  const names = registry.pipelines.map((pipeline) => pipeline.name);
  if (rest.length > 0 || (id === "" && !names.includes(name))) {
    throw new UsageError(
      `Cannot find figure "${word}": it is named as PIPELINE/FIGURE, and the pipelines are ${
        listed(names)
      }${suggestion(name, names)}`,
    );
  }
  const { pipelines: [pipeline] } = pipelinesAt([name], {
    ...registry,
    profile,
  });
  if (pipeline === undefined) throw new UsageError(`Cannot find "${name}"`);
  const open = project.open(pipeline, profile);
  const figures = valueAt(open.output, "figures");
  const ids: string[] = [];
  const unnamed: string[] = [];
  const records = recordsOf(open);
  const lacks = (stage: string) =>
    `the result of stage "${stage}" is not in the store${
      wayToResult(stage, {
        pipelines: [pipeline],
        profile,
        store: project.store,
        storeName,
      })
    }`;
  for (const one of Array.isArray(figures) ? figures : []) {
    const found = await figureIn(one, { ...open, records });
    if (found.id === undefined) unnamed.push(found.missing);
    else ids.push(found.id);
    if (found.id !== id) continue;
    const { figure } = found;
    const cannot =
      `Cannot export figure "${id}" of ${name} at profile ${profile}`;
    if (figure === undefined) {
      throw new Error(`${cannot}: ${lacks(found.missing)}`);
    }
    if (figure.kind === "unavailable") {
      throw new Error(`${cannot}: ${proseMarkdown(figure.reason)}`);
    }
    return figure;
  }
  const cannot = id === ""
    ? `Cannot choose a figure of ${name}`
    : `Cannot find figure "${id}" in ${name}`;
  const [stage] = unnamed;
  if (stage !== undefined) {
    throw new Error(
      `${cannot}: ${
        ids.length === 0 ? "" : `besides ${listed(ids)} `
      }it has one whose name is not known yet, since ${lacks(stage)}`,
    );
  }
  throw new UsageError(
    `${cannot}: it has ${listed(ids) || "no figure"}${
      id === "" ? `; name one as ${name}/FIGURE` : suggestion(id, ids)
    }`,
  );
}

interface Found {
  readonly id: string | undefined;
  readonly figure: Figure | undefined;
  /** Name of the stage without a result; empty if there is none. */
  readonly missing: string;
}

/** The records of the last run, by the names of their stages. */
function recordsOf(
  open: OpenPipeline<Report>,
): ReadonlyMap<string, StageRecord> {
  const recordOf = lastRecordsOf(open);
  return new Map(open.graph.nodes.flatMap(({ stage: { name } }) => {
    const record = recordOf(name);
    return record === undefined ? [] : [[name, record] as const];
  }));
}

async function figureIn(
  value: unknown,
  { store, records }: OpenPipeline<Report> & {
    readonly records: ReadonlyMap<string, StageRecord>;
  },
): Promise<Found> {
  const resolved = await resolve<Figure>(value as Lazy<Figure>, {
    store,
    result: {
      records,
      failures: [],
      blocked: new Map(),
      remake: (_stage, damage) => Promise.reject(damage),
    },
  });
  if (resolved.kind === "value") {
    return { id: resolved.value.id, figure: resolved.value, missing: "" };
  }
  const id = valueAt(value, "id");
  return {
    id: typeof id === "string" ? id : undefined,
    figure: undefined,
    missing: resolved.missing[0]?.stage ?? "",
  };
}
