/**
 * What a word names that somebody asks the lineage of, and which stages of
 * which pipeline made it.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Digest } from "../../engine/define/hash.ts";
import { pathBelow } from "../../engine/define/path_below.ts";
import {
  artifactsIn,
  type ShownArtifact,
} from "../../engine/history/output_paths.ts";
import { LINEAGE } from "../../reports/document/figure_sources.ts";
import type { MadePipeline } from "./made_pipeline.ts";
import { entriesOf } from "./output_entries.ts";

/** Something of a pipeline's output, and the artifacts that are put into it. */
export interface LineageTarget {
  readonly made: MadePipeline;
  /** What is asked about, e.g. `figure line of unseen-tint`. */
  readonly title: string;
  readonly artifacts: readonly ShownArtifact[];
}

/** What was found under a name. */
export type FoundTarget =
  | { readonly kind: "found"; readonly target: LineageTarget }
  /** There is no such pipeline, nor an artifact that begins so. */
  | { readonly kind: "no-pipeline"; readonly pipeline: string }
  | { readonly kind: "no-artifact" }
  /** More than one artifact begins so. */
  | { readonly kind: "several"; readonly digests: readonly Digest[] }
  /** The pipeline has other ids than this one. */
  | {
    readonly kind: "no-entry";
    readonly pipeline: string;
    readonly id: string;
    readonly ids: readonly string[];
  };

/** What may be the beginning of a digest: at least six characters. */
const DIGEST = /^[0-9a-f]{6,}$/;

/**
 * Finds what a word names.
 *
 * @param word a file of the site, `PIPELINE/ID`, `PIPELINE` or a digest
 */
export async function findTarget(
  word: string,
  { pipelines, site, folder }: {
    readonly pipelines: readonly MadePipeline[];
    /** Folder of the site. */
    readonly site: string;
    /** Folder that paths start from. */
    readonly folder: string;
  },
): Promise<FoundTarget> {
  const names = pipelines.map(({ open }) => open.name);
  const [name = "", id] = stepsOfAddress(word, { site, folder, names });
  const made = pipelines.find(({ open }) => open.name === name);
  if (made === undefined) {
    return DIGEST.test(word)
      ? artifactNamed(word, pipelines)
      : { kind: "no-pipeline", pipeline: name };
  }
  const { output, graph } = made.open;
  if (id === undefined || id === LINEAGE) {
    const artifacts = artifactsIn(output, graph);
    return found({ made, title: `report ${name}`, artifacts });
  }
  const entries = await entriesOf(made);
  const entry = entries.find((entry) => entry.id === id) ??
    entries.find((entry) => isPictureOf(entry.id, id));
  if (entry === undefined) {
    const ids = entries.map(({ id }) => id);
    return { kind: "no-entry", pipeline: name, id, ids };
  }
  const { kind, artifacts } = entry;
  const title = `${kind} ${entry.id} of ${name}`;
  return found({ made, title, artifacts });
}

/** Whether a file is one of the pictures of a gallery, which has its name with a number: `examples-1`. */
function isPictureOf(gallery: string, file: string): boolean {
  return file.startsWith(`${gallery}-`) &&
    /^\d+$/.test(file.slice(gallery.length + 1));
}

/** `["unseen-tint", "line"]` of `site/unseen-tint/line.svg`, `unseen-tint/line/index.html` or `unseen-tint/line`. */
function stepsOfAddress(
  word: string,
  { site, folder, names }: {
    readonly site: string;
    readonly folder: string;
    readonly names: readonly string[];
  },
): readonly string[] {
  const address = pathBelow(site, resolve(folder, word)) ?? word;
  const steps = address
    .replace(/(^|\/)index\.(html|md)$/, "")
    .replace(/\.(svg|csv|json|png|html|md)$/, "")
    .split("/")
    .filter((step) => step !== "" && step !== ".");
  // Another site lies elsewhere: its pages have the same addresses.
  const start = steps.findIndex((step) => names.includes(step));
  return steps.slice(Math.max(0, start));
}

function artifactNamed(
  start: string,
  pipelines: readonly MadePipeline[],
): FoundTarget {
  const targets = new Map<Digest, LineageTarget>();
  for (const made of pipelines) {
    for (const { stage: { name: stage } } of made.open.graph.nodes) {
      const outputs = made.recordOf(stage)?.outputs ?? {};
      for (const [field, { digest }] of Object.entries(outputs)) {
        if (!digest.startsWith(start) || targets.has(digest)) continue;
        const title = `artifact ${digest.slice(0, 12)}`;
        targets.set(digest, { made, title, artifacts: [{ stage, field }] });
      }
    }
  }
  const [target] = targets.values();
  if (target === undefined) return { kind: "no-artifact" };
  return targets.size === 1
    ? found(target)
    : { kind: "several", digests: [...targets.keys()] };
}

function found(target: LineageTarget): FoundTarget {
  return { kind: "found", target };
}
