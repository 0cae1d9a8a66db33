/**
 * The picture that previews of a link show: the question, the sizes that answer
 * it, and the verdicts.
 *
 * @module
 */
import {
  type Claim,
  judge,
  toldEstimate,
  type Verdict,
} from "../value/claim.ts";
import { formatNumber } from "../value/quantity.ts";
import { capital, counted } from "../value/wording.ts";
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
const FIELD = { left: 80, top: 290, width: 1024, height: 128 } as const;
/** The distance of lines of text. */
const LINE = 48;
/** The distance of squares where there is room. */
const PITCH = 64;

/** The card of a site, without what was added to the reproduction. The same verdicts give the same bytes. */
export function shareCard(
  reports: readonly Report[],
  { run }: { readonly run: RunRecord },
): Uint8Array {
  return pngOfSvg(cardSvg(reports, { run }), { width: CARD.width });
}

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
  const sizes = run.profile === "smoke" ? [] : sizesOf(reports);
  const told = sizes.length > 0
    ? sizes
    : [countVerdicts(verdicts).join("  ·  ") || "no claims yet"];
  const what = run.profile === "smoke"
    ? "Smoke run: these verdicts mean nothing"
    : `${counted(verdicts.length, "claim")}, rules fixed before the run, ${
      run.started.slice(0, 10)
    }`;
  const below = FIELD.top + rows * pitch + 58;
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
      `<text x="80" y="${below + i * LINE}" font-size="36" font-weight="600">${
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

/** From where to where what pre-training brings reaches, a line for each half of the answer. */
function sizesOf(reports: readonly Report[]): readonly string[] {
  const claims = reports.flatMap(({ claims }) => claims);
  const lines = (["out of support", "in support"] as const).flatMap((half) => {
    const sizes = claims.filter(({ answers }) => answers === half)
      .flatMap(pointsOf).toSorted((a, b) => a - b).map((value) =>
        formatNumber({ value, unit: "points", digits: 1 })
      );
    const [low, high] = [sizes[0], sizes.at(-1)];
    if (low === undefined || high === undefined) return [];
    const range = `${low === high ? low : `${low} to ${high}`} points`;
    return [{ half: capital(half), range }];
  });
  const [first, second] = lines;
  if (first === undefined) return [];
  const brings = `${first.half}, pre-training brings ${first.range}`;
  return second === undefined
    ? [`${brings} of effective robustness`]
    : [brings, `${second.half}, ${second.range} of effective robustness`];
}

/** The size that is told of a claim, if it is in points. */
function pointsOf(claim: Claim): readonly number[] {
  const estimate = toldEstimate(claim);
  return estimate?.unit === "points" ? [estimate.value] : [];
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
