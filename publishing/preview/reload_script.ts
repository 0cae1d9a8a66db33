/// <reference lib="dom" />
/**
 * What the preview adds to each page that it serves; it is in no file of the
 * site.
 *
 * @module
 */

/** Address at which pages hear of the state of the preview. */
export const EVENTS = "/.preview/events";

/** The state of a preview, and what a page says of it. */
export type PreviewState =
  | { readonly kind: "running"; readonly text: string }
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly text: string };

/** The script that loads a page again, as an element. */
export function reloadScript(): string {
  return `<script>"use strict";(${reload.toString()})(document, ${
    JSON.stringify(EVENTS)
  });</script>`;
}

/** Runs in the browser, with nothing else of this module. */
function reload(document: Document, events: string): void {
  const note = document.createElement("pre");
  note.setAttribute("role", "status");
  note.hidden = true;
  note.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:9;max-height:60vh;overflow:auto;margin:0;padding:0.75rem 1rem;white-space:pre-wrap;font:0.875rem/1.4 ui-monospace,monospace;color:#fff;background:#333";
  document.body.append(note);
  const source = new EventSource(events);
  source.addEventListener("reload", () => document.location.reload());
  source.addEventListener("state", ({ data }) => {
    const state = JSON.parse(data) as PreviewState;
    note.hidden = state.kind === "ready";
    note.textContent = state.kind === "ready" ? "" : state.text;
    note.style.background = state.kind === "failed" ? "#8c1c0b" : "#333";
  });
}
