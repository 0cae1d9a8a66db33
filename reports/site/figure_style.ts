/**
 * The rules of the style sheet that are about figures.
 *
 * @module
 */
import { colourRules } from "../figures/drawing/palette.ts";

/**
 * How drawings look on a page, in light, in dark and in print. A drawing is
 * laid out 360 wide and grows with its box; `--text` and `--mark` keep its text
 * and its marks near the size that they have on the narrowest page. A shape that
 * marks use has an id, and a selector of its own: where it is used, browsers see
 * nothing above it.
 */
export const FIGURE_STYLE =
  `.drawing { position: relative; container-type: inline-size; max-width: 40rem; }
.plot { --text: 12.5px; --mark: 1; display: block; width: 100%; height: auto; overflow: visible; color: var(--ink); font-size: var(--text); fill: currentColor; }
.plot text { white-space: pre; stroke: none; }
path, rect, circle { vector-effect: non-scaling-stroke; }
:is(path, circle)[id] { transform: scale(var(--mark)); }
@container (min-width: 24rem) { .plot { --text: 11px; --mark: 0.87; } }
@container (min-width: 29rem) { .plot { --text: 9.5px; --mark: 0.76; } }
@container (min-width: 34rem) { .plot { --text: 8.4px; --mark: 0.68; } }
@container (min-width: 38rem) { .plot { --text: 7.6px; --mark: 0.62; } }
.over { pointer-events: none; }
.over :is(use, rect) { stroke: var(--ink); stroke-width: 2.5; }
.over > path { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.marks, .tip, .found { border: 1px solid var(--rule); border-radius: 4px; background: var(--page); }
.marks { display: block; max-width: 100%; margin-top: 0.5rem; color: var(--soft); font: inherit; font-size: 0.8125rem; }
.beside .marks { display: none; }
.plot :focus { outline: none; }
.plot :focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
.tip { position: absolute; z-index: 1; width: max-content; max-width: min(100%, 22rem); padding: 0.35rem 0.6rem; color: var(--ink); box-shadow: 0 2px 8px rgb(0 0 0 / 0.18); font-size: 0.8125rem; line-height: 1.4; pointer-events: none; overflow-wrap: anywhere; }
.tip > * { display: block; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.gallery b { display: block; font-size: 0.9rem; }
.drawing:has(> .tall) { max-width: 27rem; }
.drawing:has(> .panels) { max-width: none; }
.panels { display: grid; grid: auto/repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0.75rem 1.5rem; font-size: 0.9rem; }
.panels.row { grid: auto/repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); margin-bottom: 1rem; }
.row > div { display: grid; gap: inherit; align-content: start; }
.row p { grid-column: 1/-1; margin: 0; border-bottom: 1px solid var(--rule); font-size: 1rem; }
.row small { display: block; color: var(--soft); }
@container (min-width: 18rem) { .row .drawing > .plot { --text: 9.2px; --mark: 0.76; } }
@container (min-width: 32.01rem) { .row > div:has(.drawing ~ .drawing) { grid: auto/subgrid; grid-column: span 2; } }
.beside { display: grid; grid: auto-flow dense/repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 2rem; margin-block: 1.5rem 0; }
.beside > figure { margin: 0 0 1rem; }
.wide { grid-column: 1/-1; }
.beside img { max-width: none; image-rendering: auto; }
.beside + h2 { margin-top: 1.5rem; }
.row .key { font-size: 0.75rem; line-height: 1.4; }
.natural { max-width: none; container-type: normal; }
.natural .scroll .plot { --text: 12px; --mark: 1; width: auto; max-width: 100%; }
.natural .scroll { margin-bottom: 0.5rem; }
.key { margin-top: 0.5rem; font-size: 0.8125rem; line-height: 1.5; }
.key li { display: flex; align-items: center; gap: 0.4rem; white-space: pre-wrap; }
.key .plot { flex: none; width: 22px; --text: 12px; }
${colourRules(".plot ")}
.files { margin-block: 0.6rem; color: var(--soft); }
@media screen and (max-width: 34rem) {
  .drawing:has(> .row) { display: grid; grid: auto/repeat(2, minmax(0, 1fr)); gap: 0.75rem 1rem; }
  .drawing > .row { display: contents; }
  .row > div:has(.drawing ~ .drawing) { grid: auto/subgrid; grid-column: 1/-1; }
  .row > div:not(:has(.drawing ~ .drawing)) { order: 1; }
  .drawing > .row ~ :not(.row) { order: 2; grid-column: 1/-1; margin-block: 0; }
  .row .drawing > .plot { --text: 14px; }
}
@media print {
  .drawing:not(.natural, :has(> .panels)) { max-width: 12cm; }
  .plot { max-height: 21cm; }
  .natural .scroll .plot { width: 100%; min-width: 0 !important; }
  .plot-figure { break-inside: auto; }
  .drawing, .plot-figure p { break-inside: avoid; }
  .tip, .marks, .over { display: none; }
}
`;
