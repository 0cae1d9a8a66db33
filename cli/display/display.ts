/**
 * Shows what happens: live on a terminal, as plain lines elsewhere, or as JSON
 * for other programs.
 *
 * @module
 */
import type { Event } from "../../engine/event.ts";
import type { SiteEvent } from "../publish_site.ts";

/** What is shown: the engine's events and those of the command line's own. */
export type Shown =
  | Event
  | {
    readonly kind: "device-chosen";
    readonly device: string;
    readonly reason: string;
  }
  | SiteEvent;

/** A way of showing. */
export interface Display {
  show(event: Shown): void;
  /** Gives the terminal back. Nothing is shown after it. */
  close(): void;
}
