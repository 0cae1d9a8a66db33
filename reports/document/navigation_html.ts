/**
 * Navigation of a site as HTML: the head of every page, the steps from one
 * experiment to the next, and the list of all pages at the end.
 *
 * @module
 */
import { addressFrom, pathOf } from "./address.ts";
import type { Page } from "./document.ts";
import { type Html, html } from "../text/html.ts";
import type { Place } from "./navigation.ts";

/** The line at the top: the front page first, the search last. */
export function headNavigation(page: Page, search: Html | null): Html {
  const places = page.around?.navigation.main ??
    [{ title: "shiftline", path: pathOf("") }];
  return html`
    <nav class="site" aria-label="Site"><ul>${places.map((place) =>
      html`<li>${linkTo(page, place)}</li>`
    )}</ul>${search}</nav>
  `;
}

/** The way up: a link, above the title of a page, to the page that it belongs to. */
export function upLine(page: Page): Html | null {
  const up = page.around?.up;
  return up === undefined ? null : html`
    <p class="up">${linkTo(page, up)}</p>
  `;
}

/** The pages before and after in reading order. */
export function steps(page: Page): Html | null {
  const { previous, next } = page.around ?? {};
  if (previous === undefined && next === undefined) return null;
  const step = (place: Place | undefined, word: string, rel: string) =>
    place === undefined ? html`<span></span>` : html`
      <a rel="${rel}" href="${addressFrom(
        page.folder,
        place.path,
      )}"><span>${word}</span> ${place.title}</a>
    `;
  return html`
    <nav class="steps" aria-label="Reading order">${step(
      previous,
      "Before this",
      "prev",
    )}${step(next, "Next", "next")}</nav>
  `;
}

/** Every page of the site. */
export function allPages(page: Page): Html | null {
  const sections = page.around?.navigation.sections ?? [];
  if (sections.length === 0) return null;
  return html`
    <nav class="map" aria-label="All pages">${sections.map((
      { title, places },
    ) =>
      html`<div><b>${title}</b><ul>${
        places.map((place) => html`<li>${linkTo(page, place)}</li>`)
      }</ul></div>`
    )}</nav>
  `;
}

function linkTo({ folder }: Page, { title, path }: Place): Html {
  const here = path === pathOf(folder);
  return html`
    <a href="${addressFrom(folder, path)}" ${here
      ? { html: ' aria-current="page"' }
      : null}>${title}</a>
  `;
}
