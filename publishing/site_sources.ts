/**
 * What a site is made from: the project's folder, the device of the run, and
 * the function that draws the pages.
 *
 * @module
 */
import type { Environment } from "../engine/define/task_context.ts";
import type { ProfileName } from "../engine/define/pipeline.ts";
import type { Project } from "../engine/run/project.ts";
import type { SiteOptions } from "../reports/site/site.ts";

/** A device, and what of it results depend on. */
export interface ChosenDevice {
  readonly environment: Environment;
  readonly device: string;
  /** Why this device was chosen. */
  readonly reason: string;
}

/** Files of a site by path, from what it shows. */
export type RenderSite = (
  content: SiteOptions,
) =>
  | ReadonlyMap<string, string | Uint8Array>
  | Promise<ReadonlyMap<string, string | Uint8Array>>;

/** What the pages of a run say besides the results of its pipelines. */
export interface SiteSources {
  /** Folder of the project. */
  readonly root: string;
  /**
   * URL of the module that draws the pages. While its code is the same a site
   * need not be made to know that it is; without it, it always is made.
   */
  readonly siteModule?: string | undefined;
  readonly project: Pick<Project, "store" | "filesOf">;
  readonly profile: ProfileName;
  readonly device: ChosenDevice;
  /** Of pipelines that were left as they were, when their results were made (ISO 8601). */
  readonly earlier?: Readonly<Record<string, string>> | undefined;
  /** Titles of pipelines whose results the run still makes. */
  readonly awaited?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  clock(): number;
}
