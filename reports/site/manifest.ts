/**
 * `manifest.json`: what a site is made of, file by file, and what its pages
 * show, artifact by artifact.
 *
 * @module
 */
import { z } from "zod";
import { digestOf } from "../../engine/define/hash.ts";
import type { PublishedRun } from "../runs/published_run.ts";
import type { Provenance } from "../runs/stage_provenance.ts";
import { isPlainPath } from "./written_list.ts";

/** Name of the manifest among the files of a site. */
export const MANIFEST = "manifest.json";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const sized = z.object({
  /** SHA-256, in hexadecimal. */
  sha256: digest,
  bytes: z.int().nonnegative(),
}).readonly();
const run: z.ZodType<PublishedRun> = z.object({
  id: z.string().regex(/^[0-9a-z-]+$/),
  profile: z.string(),
  started: z.string(),
  commit: z.string().nullable(),
  edited: z.array(z.string()).readonly().optional(),
}).readonly();
const stage = z.object({
  pipeline: z.string(),
  stage: z.string(),
  /** Digest of its key: its record in the store is found by it. */
  key: digest,
  /** Its artifacts, by field. */
  outputs: z.record(z.string(), sized).readonly(),
}).readonly();
const manifestSchema = z.object({
  format: z.literal(1),
  /** The run that it shows. */
  run,
  /** Every file by its path, by which it is copied and compared, but for the manifest. */
  files: z.record(z.string().refine(isPlainPath), sized).readonly(),
  /** What the pages were made of; empty where that is not known. */
  stages: z.array(stage).readonly(),
  /** Runs with pages of their own below `runs/`. */
  runs: z.array(run).readonly(),
}).readonly();

/** Digest and size of some bytes. */
export type Sized = z.infer<typeof sized>;

/** A stage behind a site. */
export type ShownStage = z.infer<typeof stage>;

/** The manifest of a site. */
export type SiteManifest = z.infer<typeof manifestSchema>;

/** The manifest of some files; the same content gives the same manifest. */
export function manifestOf(
  files: ReadonlyMap<string, string | Uint8Array>,
  { run, stages, runs }: Pick<SiteManifest, "run" | "stages" | "runs">,
): SiteManifest {
  const sized = [...files].filter(([path]) => path !== MANIFEST)
    .map(([path, content]) => [path, sizeOf(content)] as const);
  return {
    format: 1,
    run,
    files: Object.fromEntries(sized.sort(([a], [b]) => a < b ? -1 : 1)),
    stages,
    runs: runs.toSorted((a, b) => a.id < b.id ? -1 : 1),
  };
}

/** The text of `manifest.json`. */
export function manifestText(manifest: SiteManifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/**
 * The manifest that a `manifest.json` holds.
 *
 * @throws {Error} if it is no manifest, or one of a newer version
 */
export function readManifest(text: string): SiteManifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `Cannot read ${MANIFEST}: it is not the manifest of a site, or is one of another version`,
      { cause },
    );
  }
}

/** Digest and size of a file. */
export function sizeOf(content: string | Uint8Array): Sized {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  return { sha256: digestOf(bytes), bytes: bytes.length };
}

/** The stages behind some reports, by pipeline and name; those without a result are left out. */
export function stagesShown(
  provenance: ReadonlyMap<string, Provenance>,
): readonly ShownStage[] {
  const stages = [...provenance].flatMap(([pipeline, { stages }]) =>
    stages.filter(({ outputs }) => outputs.length > 0)
      .map(({ name, key, outputs }): ShownStage => ({
        pipeline,
        stage: name,
        key,
        outputs: Object.fromEntries(
          outputs.toSorted((a, b) => a.field < b.field ? -1 : 1).map((
            { field, digest, bytes },
          ) => [field, { sha256: digest, bytes }]),
        ),
      }))
  );
  return stages.sort((a, b) =>
    a.pipeline === b.pipeline
      ? a.stage < b.stage ? -1 : 1
      : a.pipeline < b.pipeline
      ? -1
      : 1
  );
}
