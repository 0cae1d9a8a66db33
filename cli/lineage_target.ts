/**
 * What `lineage` is asked about: which stages of which pipeline made it.
 *
 * @module
 */
import { relative, resolve } from "node:path";
import type { Digest } from "../engine/hash.ts";
import {
  artifactsIn,
  partAt,
  type ShownArtifact,
} from "../engine/parts_of_output.ts";
import type { OpenPipeline } from "../engine/project.ts";
import { isOrElse, partsOf } from "../engine/or_else.ts";
import { isRef, targetOf } from "../engine/ref.ts";
import type { StageRecord } from "../engine/store.ts";
import type { Report } from "../reports/report.ts";
import { listOf, suggestion } from "./nearest.ts";
import { UsageError } from "./usage_error.ts";

/** What a pipeline has made so far. */
export interface MadePipeline {
  readonly open: OpenPipeline<Report>;
  /** What a stage made when it last ran. */
  recordOf(stage: string): StageRecord | undefined;
}

/** Something of a pipeline's output, and the artifacts that are put into it. */
export interface LineageTarget {
  readonly made: MadePipeline;
  /** In words, e.g. `figure line of unseen-tint`. */
  readonly title: string;
  readonly artifacts: readonly ShownArtifact[];
}

/** A figure, picture, table or claim. */
export interface OutputEntry {
  readonly kind: typeof KINDS[number][1];
  readonly id: string;
  /** What is put into it. */
  readonly artifacts: readonly ShownArtifact[];
}

/** Lists of a report whose entries have ids. */
const KINDS = [
  ["figures", "figure"],
  ["pictures", "picture"],
  ["tables", "table"],
  ["claims", "claim"],
] as const;

/** Of a digest at least so much must be given. */
const SHORTEST_DIGEST = 6;

/**
 * Finds what a word names.
 *
 * @param word a file of the site, `PIPELINE/ID`, `PIPELINE` or a digest
 * @throws {UsageError} if there is no such thing
 */
export async function lineageTarget(
  word: string,
  { pipelines, site, isOfSite, folder }: {
    readonly pipelines: readonly MadePipeline[];
    /** Folder of the site. */
    readonly site: string;
    /** Whether the word is the path of a file in it. */
    readonly isOfSite: boolean;
    /** Folder that the command was given in. */
    readonly folder: string;
  },
): Promise<LineageTarget> {
  const names = pipelines.map(({ open }) => open.name);
  const [name = "", id] = partsOfAddress(word, { site, folder, names });
  const made = pipelines.find(({ open }) => open.name === name);
  if (made === undefined) {
    const isDigest = /^[0-9a-f]+$/.test(word) &&
      word.length >= SHORTEST_DIGEST;
    const found = isDigest ? artifactNamed(word, pipelines) : undefined;
    if (found !== undefined) return found;
    if (isOfSite) {
      throw new UsageError(
        `Cannot tell what "${word}" is made of: it is of the whole site and not of one pipeline; name a file below ${
          listOf(names)
        }`,
      );
    }
    throw new UsageError(
      isDigest
        ? `Cannot find artifact ${word}: no stage made it when it last ran, at this profile and on this store`
        : `Cannot find "${word}": it is neither a file of the site, a figure as PIPELINE/ID nor a digest; the pipelines are ${
          listOf(names)
        }${suggestion(name, names)}`,
    );
  }
  const { output, graph } = made.open;
  if (id === undefined) {
    return {
      made,
      title: `report ${name}`,
      artifacts: artifactsIn(output, graph),
    };
  }
  const entries = await entriesOf(made);
  const found = entries.find((entry) => entry.id === id);
  if (found !== undefined) {
    const { kind, artifacts } = found;
    return { made, title: `${kind} ${id} of ${name}`, artifacts };
  }
  const ids = entries.map(({ id }) => id);
  throw new UsageError(
    `Cannot find "${id}" in ${name}: it has ${listOf(ids) || "no figure"}${
      suggestion(id, ids)
    }`,
  );
}

/** Everything in the output of a pipeline that has an id, in the order in which a name is looked up. */
export async function entriesOf(
  made: MadePipeline,
): Promise<readonly OutputEntry[]> {
  const { output, graph } = made.open;
  const entries: OutputEntry[] = [];
  for (const [list, kind] of KINDS) {
    const parts = partAt(output, list);
    for (const part of Array.isArray(parts) ? parts : []) {
      const id = await idOf(part, made);
      if (id === undefined) continue;
      entries.push({ kind, id, artifacts: artifactsIn(part, graph) });
    }
  }
  return entries;
}

/** `["unseen-tint", "line"]` of `site/unseen-tint/line.svg`, `unseen-tint/line/index.html` or `unseen-tint/line`. */
function partsOfAddress(
  word: string,
  { site, folder, names }: {
    readonly site: string;
    readonly folder: string;
    readonly names: readonly string[];
  },
): readonly string[] {
  const path = resolve(folder, word);
  const below = relative(site, path);
  const address = below.startsWith("..") ? word : below;
  const steps = address
    .replace(/(^|\/)index\.(html|md)$/, "")
    .replace(/\.(svg|csv|json|png|html|md)$/, "")
    .split("/")
    .filter((step) => step !== "" && step !== ".");
  // Another site lies elsewhere: its pages have the same addresses.
  const start = steps.findIndex((step) => names.includes(step));
  return steps.slice(Math.max(0, start));
}

/** The id of an entry, read from the store where a stage gives the whole of it. */
async function idOf(
  part: unknown,
  { open, recordOf }: MadePipeline,
): Promise<string | undefined> {
  if (isOrElse(part)) {
    return await idOf(partsOf(part).value, { open, recordOf });
  }
  if (!isRef(part)) {
    const id = partAt(part, "id");
    return typeof id === "string" ? id : undefined;
  }
  const { stage, field } = targetOf(part);
  const digest = recordOf(open.graph.node(stage).stage.name)?.outputs[field]
    ?.digest;
  if (digest === undefined) return undefined;
  try {
    const value = stage.task.codecs[field]?.decode(
      await open.store.object(digest),
    );
    return await idOf(value, { open, recordOf });
  } catch {
    return undefined; // damaged: the next run makes it again
  }
}

function artifactNamed(
  digest: Digest,
  pipelines: readonly MadePipeline[],
): LineageTarget | undefined {
  const found = new Map<Digest, LineageTarget>();
  for (const made of pipelines) {
    for (const { stage: { name: stage } } of made.open.graph.nodes) {
      const outputs = made.recordOf(stage)?.outputs ?? {};
      for (const [field, output] of Object.entries(outputs)) {
        if (!output.digest.startsWith(digest) || found.has(output.digest)) {
          continue;
        }
        found.set(output.digest, {
          made,
          title: `artifact ${output.digest.slice(0, 12)}`,
          artifacts: [{ stage, field }],
        });
      }
    }
  }
  const [first, ...others] = found.values();
  if (others.length > 0) {
    throw new UsageError(
      `Cannot tell which artifact ${digest} is meant: ${found.size} digests begin so; write more of it`,
    );
  }
  return first;
}
