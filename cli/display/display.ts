/**
 * Shows what happens: live on a terminal, as plain lines elsewhere, or as JSON
 * for other programs.
 *
 * @module
 */
import type { Event } from "../../engine/event.ts";
import type { SiteChange } from "../site_folder.ts";

/** What is shown: the engine's events and those of the command line's own. */
export type Shown =
  | Event
  | {
    readonly kind: "device-chosen";
    readonly device: string;
    readonly reason: string;
  }
  | {
    /** Some pipelines are done and on the site, others still run. */
    readonly kind: "site-updated";
    readonly folder: string;
    readonly pipelines: readonly string[];
  }
  | (SiteChange & {
    readonly kind: "site-written";
    readonly folder: string;
    /** Pipelines whose pages of another run are gone. */
    readonly gone: readonly string[];
    readonly profile: string;
  });

/** A way of showing. */
export interface Display {
  show(event: Shown): void;
  /** Gives the terminal back. Nothing is shown after it. */
  close(): void;
}
