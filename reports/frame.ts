/**
 * What the site puts around each of its pages: the icon, and later whatever
 * else all pages share.
 *
 * @module
 */
import { type Page, rootOf } from "./document.ts";
import { html } from "./html.ts";
import type { Frame } from "./page.ts";

/** The frame of one page of a site. */
export function frameOf(page: Page): Frame {
  const root = rootOf(page);
  return {
    head: html`
      <link rel="icon" href="${root}favicon.svg" type="image/svg+xml">
    `,
    search: null,
  };
}
