/**
 * What the site puts around each of its pages: icon, feed, script, search, and
 * what previews of a link show.
 *
 * @module
 */
import { type Page, rootOf } from "../document/document.ts";
import { escapeHtml } from "../text/escape.ts";
import type { Html } from "../text/html.ts";
import type { Frame } from "../document/page.ts";
import { CARD } from "./share_card.ts";

/** The frame of one page of a site. */
export function frameOf(
  page: Page,
  { baseUrl, hasFeed }: {
    /** Address of the root of the site, ending in a slash, where it is known. */
    readonly baseUrl: string | undefined;
    readonly hasFeed: boolean;
  },
): Frame {
  const root = rootOf(page);
  const elements: readonly Html[] = [
    element("link", {
      rel: "icon",
      href: `${root}favicon.svg`,
      type: "image/svg+xml",
    }),
    ...hasFeed
      ? [element("link", {
        rel: "alternate",
        type: "application/atom+xml",
        title: "Runs and what changed in them",
        href: `${root}feed.xml`,
      })]
      : [],
    property("og:type", page.folder === "" ? "website" : "article"),
    property("og:site_name", "shiftline"),
    property("og:title", page.title),
    property("og:description", page.description),
    ...baseUrl === undefined ? [] : preview(page, baseUrl),
    { html: `<script defer src="${root}script.js"></script>` },
  ];
  return {
    search: searchForm(root),
    head: { html: elements.map((element) => element.html).join("\n") },
  };
}

/** Elements for previews of a link, which need absolute addresses. */
function preview({ folder }: Page, baseUrl: string): readonly Html[] {
  return [
    element("link", { rel: "canonical", href: baseUrl + folder }),
    property("og:url", baseUrl + folder),
    property("og:image", `${baseUrl}share.png`),
    property("og:image:width", String(CARD.width)),
    property("og:image:height", String(CARD.height)),
    property(
      "og:image:alt",
      "What pre-training brings, where it was measured, and the verdicts on all claims, one square each",
    ),
    element("meta", { name: "twitter:card", content: "summary_large_image" }),
    element("meta", { name: "twitter:image", content: `${baseUrl}share.png` }),
  ];
}

function property(name: string, content: string): Html {
  return element("meta", { property: name, content });
}

function element(
  name: "link" | "meta",
  attributes: Readonly<Record<string, string>>,
): Html {
  const written = Object.entries(attributes).map(([name, value]) =>
    ` ${name}="${escapeHtml(value)}"`
  );
  return { html: `<${name}${written.join("")}>` };
}

/** The search form of a page: it stays hidden until the script makes it work. */
function searchForm(root: string): Html {
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
.search input { width: 100%; padding: 0.15rem 0.5rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--page); color: inherit; font: inherit; }
::placeholder { color: inherit; opacity: 1; }
.found { display: none; position: absolute; z-index: 2; right: 0; top: calc(100% + 0.4rem); width: min(30rem, calc(100vw - 2rem)); max-height: 70vh; overflow-y: auto; padding: 0.5rem 0.75rem; box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); }
.open .found { display: block; }
.found p { margin: 0; }
.found a { display: block; padding: 0.4rem 0.25rem; border-top: 1px solid var(--rule); color: var(--ink); font-weight: normal; text-decoration: none; }
.found a:is(:hover, :focus) { background: var(--tint); }
.found i { margin-right: 0.35rem; padding: 0 0.35rem; border: 1px solid var(--rule); border-radius: 4px; font-size: 0.8rem; font-style: normal; }
.found :is(i, span) { color: var(--soft); }
mark { background: var(--open-tint); color: inherit; }
`;
