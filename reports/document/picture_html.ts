/**
 * Pictures on cards, as HTML.
 *
 * @module
 */
import type { PictureCuts, PictureLink } from "./document.ts";
import { type Html, html } from "../text/html.ts";

/** A picture, or those squares of it that are to be seen. */
export function pictureHtml(
  { src, alt, cuts }: NonNullable<PictureLink["picture"]>,
): Html {
  if (cuts === undefined) return html`<img src="${src}" alt="${alt}">`;
  const { side, label, places } = cuts;
  const gap = side / 16;
  const whole = places.length * (side + gap) - gap;
  return html`
    <svg class="cuts" role="img" aria-label="${label}"
      viewBox="0 0 ${whole} ${side}">${places.map((place, i) =>
        cutHtml(src, { cuts, place, left: i * (side + gap) })
      )}</svg>
  `;
}

/** One square: a window on the whole picture. */
function cutHtml(
  src: string,
  { cuts: { width, height, side }, place: { x, y }, left }: {
    readonly cuts: PictureCuts;
    readonly place: PictureCuts["places"][number];
    /** Where it stands beside the others. */
    readonly left: number;
  },
): Html {
  return html`
    <svg aria-hidden="true" x="${left}" width="${side}" height="${side}"
      viewBox="${x} ${y} ${side} ${side}">
      <image href="${src}" width="${width}" height="${height}" />
    </svg>
  `;
}
