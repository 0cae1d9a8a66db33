/**
 * A page with the files that lie beside it.
 *
 * @module
 */
import type { Page } from "../document/document.ts";

/** A page, and what its folder holds beside it, by name. */
export interface SitePage {
  readonly page: Page;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}
