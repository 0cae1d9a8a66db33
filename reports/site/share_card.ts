/**
 * The picture that previews of a link show: the question, the verdicts, and by
 * how much more pre-training brings out of support than in support.
 *
 * @module
 */
import { judge, toldEstimate, type Verdict } from "../value/claim.ts";
import { formatNumber } from "../value/quantity.ts";
import { counted } from "../value/wording.ts";
import { whoseOf } from "../value/claim_groups.ts";
import { escapeHtml } from "../text/escape.ts";
import { pngOfSvg } from "../figures/formats/png_of_svg.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";
import { countVerdicts, VERDICTS } from "../value/verdict_counts.ts";

/** Size of the card in pixels, as previews want it. */
export const CARD = { width: 1200, height: 630 } as const;

const INK = "#1b1d20";
const SOFT = "#5a6068";

/** Colours and signs of the verdicts. */
const LOOKS = {
  supported: ["#14653a", "M-9 1 -3 7 9-7"],
  contradicted: ["#a1260d", "M-7-7 7 7M7-7-7 7"],
  inconclusive: ["#8a6a00", "M-6-6A6 6 0 1 1 2-.5Q0 1 0 4M0 11v.1"],
  "not reproduced": ["#8b9098", ""],
} as const satisfies Readonly<Record<Verdict, readonly [string, string]>>;

/** The field of squares, one a claim: where it begins, and its size in pixels. */
const FIELD = { left: 80, top: 284, width: 1024, height: 120 } as const;
/** The distance of lines of text. */
const LINE = 46;
/** The distance of squares where there is room. */
const PITCH = 64;

/** The card of a site, without what was added to the reproduction. The same verdicts give the same bytes. */
export function shareCard(
  reports: readonly Report[],
  { run }: { readonly run: RunRecord },
): Uint8Array {
  const svg = cardSvg(reports, { run });
  if (last?.svg !== svg) {
    last = { svg, png: pngOfSvg(svg, { width: CARD.width }) };
  }
  return last.png;
}

/** The card that was drawn last, and its SVG: a site is made with it more than once. */
let last: { readonly svg: string; readonly png: Uint8Array } | undefined;

/** The card as SVG, from which the picture is made. */
export function cardSvg(
  reports: readonly Report[],
  { run }: { readonly run: RunRecord },
): string {
  const verdicts = reports.flatMap(({ claims }) =>
    claims.filter((claim) => whoseOf(claim) !== "added").map(judge)
  )
    .sort((a, b) => VERDICTS.indexOf(a) - VERDICTS.indexOf(b));
  const { pitch, columns } = gridOf(verdicts.length);
  const rows = Math.max(1, Math.ceil(verdicts.length / columns));
  const squares = verdicts.map((verdict, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    return `<g transform="translate(${x * PITCH + 26} ${y * PITCH + 26})">${
      square(verdict)
    }</g>`;
  });
  const sizes = run.profile === "smoke" ? [] : contrastsOf(reports);
  const told = sizes.length > 0
    ? ["What pre-training adds to effective robustness grows by", ...sizes]
    : [countVerdicts(verdicts).join("  ·  ") || "no claims yet"];
  const what = run.profile === "smoke"
    ? "Smoke run: these verdicts mean nothing"
    : `${counted(verdicts.length, "claim")}, ${run.started.slice(0, 10)}`;
  const below = FIELD.top + rows * pitch + 54;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CARD.width} ${CARD.height}">
<rect width="${CARD.width}" height="${CARD.height}" fill="#fff"/>
<rect width="${CARD.width}" height="12" fill="${INK}"/>
<g fill="${INK}">
<text x="80" y="112" font-size="34" font-weight="600" fill="${SOFT}">shiftline</text>
<text x="80" y="190" font-size="58" font-weight="600">Will pre-training help under this shift?</text>
<text x="80" y="244" font-size="33" fill="${SOFT}">A reproduction of “Ask Your Distribution Shift if Pre-Training is Right for You”</text>
<g transform="translate(${FIELD.left} ${FIELD.top}) scale(${pitch / PITCH})">${
    squares.join("")
  }</g>
${
    told.map((line, i) =>
      `<text x="80" y="${below + i * LINE}" font-size="33" font-weight="600">${
        escapeHtml(line)
      }</text>`
    ).join("\n")
  }
<text x="80" y="${below + told.length * LINE}" font-size="30" fill="${SOFT}">${
    escapeHtml(what)
  }</text>
</g>
</svg>
`;
}

/** The first two claims about the contrast that have a number, a line each: as many as there is room for. */
function contrastsOf(reports: readonly Report[]): readonly string[] {
  return reports.flatMap(({ claims }) => claims).flatMap((claim) => {
    const estimate = toldEstimate(claim);
    if (claim.contrast === undefined || estimate === undefined) return [];
    const [value, low, high] = [estimate.value, estimate.low, estimate.high]
      .map((value) => formatNumber({ value, unit: "points", digits: 1 }));
    return [`${value} points (${low} to ${high}) ${claim.contrast}`];
  }).slice(0, 2);
}

/** The largest squares with which a number of claims fits into the field. */
function gridOf(
  claims: number,
): { readonly pitch: number; readonly columns: number } {
  for (let rows = FIELD.height / PITCH;; rows++) {
    const pitch = FIELD.height / rows;
    const columns = Math.floor(FIELD.width / pitch);
    if (columns * rows >= claims) return { pitch, columns };
  }
}

/** A claim: its verdict as a colour and as a sign. */
function square(verdict: Verdict): string {
  const [colour, sign] = LOOKS[verdict];
  const box = `<rect x="-24" y="-24" width="48" height="48" rx="6"`;
  return sign === ""
    ? `${box} fill="none" stroke="${colour}" stroke-width="2"/>`
    : `${box} fill="${colour}"/><path d="${sign}" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>`;
}
