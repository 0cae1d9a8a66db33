/**
 * The search form of a page, and how it looks.
 *
 * @module
 */
import type { Html } from "../text/html.ts";

/** A form that stays hidden until the script makes it work. */
export function searchForm(root: string): Html {
  return {
    html: [
      `<form class="search" role="search" hidden data-root="${root}">`,
      '<input type="search" name="q" aria-label="Search this site" placeholder="Search" autocomplete="off" spellcheck="false">',
      '<div class="found"><p role="status"></p><ol></ol></div></form>',
    ].join(""),
  };
}

/** Style of the form and of what was found. */
export const SEARCH_STYLE =
  `.search { position: relative; flex: 1; max-width: 14rem; margin: 0 0 0 auto; }
.search[hidden] { display: none; }
.search input { width: 100%; padding: 0.15rem 0.5rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--page); color: inherit; font: inherit; }
.found { display: none; position: absolute; z-index: 2; right: 0; top: calc(100% + 0.4rem); width: min(30rem, calc(100vw - 2rem)); max-height: 70vh; overflow-y: auto; padding: 0.5rem 0.75rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--page); box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); }
.open .found { display: block; }
.found p { margin: 0; }
.found ol { margin: 0; padding: 0; list-style: none; }
.found a { display: block; padding: 0.4rem 0.25rem; border-top: 1px solid var(--rule); color: var(--ink); text-decoration: none; }
.found a:is(:hover, :focus) { background: var(--tint); }
.found span { color: var(--soft); }
mark { background: var(--open-tint); color: inherit; }
@media print { .search { display: none; } }
`;
