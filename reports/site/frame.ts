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
import { searchForm } from "../document/search_form.ts";
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
    link({ rel: "icon", href: `${root}favicon.svg`, type: "image/svg+xml" }),
    ...hasFeed
      ? [link({
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
    link({ rel: "canonical", href: baseUrl + folder }),
    property("og:url", baseUrl + folder),
    property("og:image", `${baseUrl}share.png`),
    property("og:image:width", String(CARD.width)),
    property("og:image:height", String(CARD.height)),
    property("og:image:alt", "The verdicts on all claims, one square each"),
    element("meta", { name: "twitter:card", content: "summary_large_image" }),
    element("meta", { name: "twitter:image", content: `${baseUrl}share.png` }),
  ];
}

function link(attributes: Readonly<Record<string, string>>): Html {
  return element("link", attributes);
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
