/**
 * The style sheet of the site.
 *
 * @module
 */
import { FIGURE_STYLE } from "./figure_style.ts";
import { CARD_LABELS, NUMBERS } from "../document/table_html.ts";
import { paletteCss } from "../figures/drawing/palette.ts";

/** The one style sheet: system fonts, one column, light and dark, print. */
export const STYLE = `:root {
  color-scheme: light dark;
  ${paletteCss("light")}
  --rule: #d9dce0; --tint: #f4f5f6; --link: #0b5cad;
  --good: #14653a; --bad: #a1260d; --open: #6b5200;
  --good-tint: #e3f3e9; --bad-tint: #fbe6e1; --open-tint: #f7efd3;
}
@media screen and (prefers-color-scheme: dark) { :root {
  ${paletteCss("dark")}
  --rule: #33373c; --tint: #1e2125; --link: #79b8f5;
  --good: #7fd6a2; --bad: #f59c86; --open: #e6c95c;
  --good-tint: #173324; --bad-tint: #3d1d16; --open-tint: #352d12;
} }
*, ::before, ::after { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1rem 4rem; max-width: 50rem; font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
main > *, .lead, h1, figcaption p, .files { max-width: 40rem; }
main > :is(figure, div, pre) { max-width: none; }
main > div + :is(p, ul) { margin-top: 1rem; }
main > :is(.answer + p:not(.notice), p:first-child:has(+ .answer)) { max-width: none; font-size: 0.9375rem; }
.answer > * + * { font-size: 0.9375rem; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.4rem 0.8rem; background: var(--page); }
.site { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0.5rem 1.5rem; max-width: none; padding: 1rem 0; font-size: 0.9375rem; color: var(--soft); }
:is(.site, .contents, .map) ul, .key, .found ol { margin: 0; padding: 0; list-style: none; }
:is(.site, .contents) ul, .key { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; }
.site li:first-child { font-weight: 600; }
:is(.site, .map) a { color: inherit; text-decoration: none; }
:is(.site, .map) a:hover { text-decoration: underline; }
:is(.site, .map) [aria-current] { color: var(--ink); text-decoration: underline; }
.up { margin: 1.5rem 0 -1rem; font-size: 0.9375rem; }
.up::before { content: "‹ "; color: var(--soft); }
.steps { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; margin-top: 4rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
.steps a { text-decoration: none; }
.steps a > span { display: block; font-size: 0.8125rem; color: var(--soft); }
.steps > :last-child { text-align: right; }
.map { columns: 9rem 4; column-gap: 1.5rem; margin-bottom: 1.5rem; }
.map div { padding-bottom: 1rem; }
.map :is(b, li:first-child) { break-after: avoid; }
.map li { break-inside: avoid; }
.map b { display: block; font-weight: 600; color: var(--ink); }
.map ul { margin-top: 0.25rem; }
.map li { padding-block: 0.15rem; }
math { font-size: 1.05em; }
:has(> math[display]) { overflow: auto hidden; padding-block: 0.25rem; }
@supports (-webkit-backdrop-filter: none) { [class$="-acc"] { transform: translate(0.1em, 0.43em); } }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 1.5rem 0 0.75rem; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); letter-spacing: -0.015em; }
h2 { margin-block: 3rem 0.75rem; font-size: 1.35rem; letter-spacing: -0.01em; }
h3 { margin-block: 2rem 0.5rem; font-size: 1.0625rem; }
p, ul, dl, pre { margin-block: 0 1rem; }
.lead { margin-bottom: 1.5rem; font-size: 1.2rem; line-height: 1.45; color: var(--soft); text-wrap: pretty; }
.anchor { color: var(--soft); font-weight: 400; text-decoration: none; opacity: 0; }
:is(h2, h3):hover .anchor, .anchor:focus-visible { opacity: 1; }
.contents { margin-bottom: 1.75rem; border-block: 1px solid var(--rule); padding-block: 0.6rem; font-size: 0.875rem; }
.answer { margin-block: 1.75rem; padding: 0.9rem 1.1rem; border-left: 3px solid var(--ink); background: var(--tint); overflow-x: auto; }
.answer > :last-child { margin-bottom: 0; }
.notice { margin-block: 1.5rem; padding: 0.75rem 1rem; border: 1px solid var(--open); border-radius: 4px; background: var(--open-tint); }
code { font: 0.875em/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:not(pre) > code { padding: 0.1em 0.3em; border-radius: 3px; background: var(--tint); }
td code { overflow-wrap: break-word; }
:is(.option, .whole) { white-space: nowrap; }
pre code { font-size: 0.8125rem; }
pre { padding: 0.9rem 1rem; white-space: pre-wrap; border-radius: 4px; background: var(--tint); line-height: 1.5; }
pre[tabindex] { width: max-content; min-width: 100%; max-width: 100%; overflow-x: auto; white-space: pre; }
pre[tabindex] code { overflow-wrap: normal; }
figure { margin: 1.5rem 0 2rem; }
${FIGURE_STYLE}figure img { display: block; width: 100%; max-width: 40rem; height: auto; image-rendering: pixelated; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 1rem 1.25rem; max-width: none; padding: 0; list-style: none; font-size: 0.9rem; line-height: 1.4; }
.pictures p { margin: 0; font-size: 0.8125rem; color: var(--soft); }
.pictures :is(img, .cuts) { display: block; width: 100%; aspect-ratio: 33 / 16; margin-bottom: 0.25rem; object-fit: contain; image-rendering: pixelated; }
.pictures + details { margin-bottom: 2rem; }
figcaption, .files, figure details { font-size: 0.9rem; line-height: 1.5; }
figcaption { margin-top: 0.75rem; text-wrap: pretty; }
figcaption p { margin-block: 0 0.5rem; }
figcaption p + p { color: var(--soft); }
summary { cursor: pointer; color: var(--link); }
.scroll:not(table) { width: max-content; min-width: 100%; max-width: 100%; overflow-x: auto; margin-block: 0.75rem 1.5rem; background: linear-gradient(90deg, var(--page) 1rem, transparent) local 0/2.5rem, linear-gradient(-90deg, var(--page) 1rem, transparent) local 100%/2.5rem, linear-gradient(90deg, var(--rule), transparent) 0/0.75rem, linear-gradient(-90deg, var(--rule), transparent) 100%/0.75rem; background-repeat: no-repeat; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
caption { text-align: left; }
caption p { position: sticky; left: 0; max-width: min(40rem, 100vw - 2rem); margin: 0 0 0.5rem; }
th, td { padding: 0.5rem 0.9rem 0.5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th { border-bottom-color: var(--soft); color: var(--soft); font-weight: 500; vertical-align: bottom; }
:is(th, td):last-child { padding-right: 0; }
@media (min-width: 45.01rem) {
  .claims { table-layout: fixed; }
  .claims th:nth-child(1) { width: 30%; }
  .claims th:nth-child(2) { width: 17%; }
  .claims th:nth-child(3) { width: 24%; }
  .claims th:nth-child(4) { width: 14%; }
  .claims :is(th, td) { hyphens: auto; }
}
@media (min-width: 50rem) {
  .scroll:not(table), main > pre[tabindex] { max-width: max(100%, 50vw + 22.5rem); }
  main > div:has(> .claims) { width: min(63rem, 50vw + 22.5rem); }
}
.estimate, .remark { display: block; }
.estimate + .estimate, .remark + * { margin-top: 0.35rem; }
tr:has(+ .remarks) > td { border-bottom: 0; padding-bottom: 0; }
.remarks > td { padding-top: 0.35rem; font-size: 0.8125rem; color: var(--soft); }
.remarks > td > * { max-width: 48rem; }
:nth-child(n):where(${NUMBERS}) { text-align: right; white-space: nowrap; }
th[scope="colgroup"] { text-align: center; }
.cards :is(th, td) { white-space: normal; }
table.scroll { width: auto; min-width: 50%; }
table.scroll td:not(:where(${NUMBERS})) { min-width: 5rem; max-width: 40rem; }
:is(details, table.scroll) th { white-space: normal; }
table.scroll td:first-child:not(:where(${NUMBERS})) { min-width: max(8rem, 16vw); }
.scroll tr > :first-child { position: sticky; left: 0; max-width: 45vw; background: var(--page); }
details table.scroll td:nth-child(2) { min-width: 11rem; }
.number + :not(.number), .words { padding-left: 0.9rem; }
details table { font-size: 0.8125rem; }
details :is(th, td) { padding-block: 0.25rem; padding-right: 0.7rem; }
tr:target { background: var(--open-tint); }
.verdict { display: inline-block; padding: 0.1rem 0.3rem; border-radius: 1rem; font-size: 0.85em; font-weight: 600; white-space: nowrap; }
.supported { color: var(--good); background: var(--good-tint); }
.contradicted { color: var(--bad); background: var(--bad-tint); }
.not-reproduced { color: var(--soft); border: 1px solid var(--rule); }
.inconclusive { color: var(--open); background: var(--open-tint); }
dl > div { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem; padding-block: 0.35rem; border-bottom: 1px solid var(--rule); font-size: 0.9375rem; line-height: 1.5; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: 0.875rem; color: var(--soft); }
@media (max-width: 45rem) {
  table.cards, .cards :is(caption, tbody, tr, td) { display: block; }
  .answer table { font-size: 0.8rem; }
  .answer :is(th, td) { padding-right: 0.5rem; }
  .cards thead { position: absolute; left: -99rem; }
  .cards tr { padding-block: 0.75rem; border-bottom: 1px solid var(--rule); }
  .cards td { padding: 0.15rem 0; border: 0; text-align: left; }
  .cards td::before { content: var(--of); color: var(--soft); }
  ${CARD_LABELS}
  .cards tr:has(+ .remarks) { padding-bottom: 0; border-bottom: 0; }
  .cards .remarks { padding-top: 0.35rem; }
  .claims tr { display: flex; flex-direction: column; }
  .claims td:nth-child(n + 2):nth-child(-n + 4) { order: 1; }
  dl > div { grid-template-columns: 1fr; }
  .site .search { flex: 1 0 100%; max-width: none; }
}
@media print {
  :root { color-scheme: light; --rule: #bbb; --link: #1b1d20; font-size: 10pt; }
  body { max-width: none; padding: 0; font-size: 1rem; }
  nav, .site, .steps, .map, .up, .anchor, .skip, .files, footer a { display: none; }
  figure, tr, pre, thead, caption, caption p { break-inside: avoid; }
  h2, h3, caption, thead, .drawing:has(+ figcaption) { break-after: avoid; }
  thead { display: table-header-group; }
  tr:has(+ .remarks) { break-after: avoid; }
  tbody > tr:first-child, footer { break-before: avoid; }
  footer { margin-top: 2rem; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.85em; }
  details:not(.on-screen)::details-content { content-visibility: visible; height: auto; }
  details:not(.on-screen) > summary { margin-top: 0.5rem; list-style: none; font-weight: 600; }
  pre[tabindex] { width: auto; white-space: pre-wrap; }
  .scroll:not(table) { width: auto; max-width: none; overflow: visible; background: none; }
  main > div:has(> .claims) { width: auto; }
  table.scroll { min-width: 0; font-size: 7.5pt; }
  .scroll :is(th, td) { min-width: 0 !important; padding-right: 0.35rem; }
  .scroll th { overflow-wrap: normal; }
  details table.scroll { font-size: 6.5pt; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
