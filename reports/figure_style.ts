/**
 * The rules of the style sheet that are about figures.
 *
 * @module
 */

/** How drawings look on a page, in light, in dark and on paper. */
export const FIGURE_STYLE =
  `.plot { display: block; width: 100%; height: auto; overflow: visible; color: var(--ink); }
.plot text { white-space: pre; }
.plot circle:hover, .plot path:hover { stroke: var(--ink); stroke-width: 2; }
.for-narrow { display: none; max-width: 30rem; margin-inline: auto; }
.files { margin-block: 0.6rem; color: var(--soft); }
@media (max-width: 45rem) {
  .for-wide { display: none; }
  .for-narrow { display: block; }
}
@media print {
  .for-wide { display: block; } .for-narrow { display: none; }
}
`;
