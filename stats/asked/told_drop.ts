/**
 * A drop of accuracy in sentences.
 *
 * @module
 */
import type { DropTerm, FoundDrop } from "./ask_findings_schemas.ts";

/** A fraction in points of a percent. */
export const points = (value: number): string =>
  `${Number((100 * value).toFixed(1))}`.replace("-", "−");

/** Whose a drop is, and whether one or several lose. */
function ownerOf(
  { models }: FoundDrop,
  { areNetworks }: { readonly areNetworks: boolean },
): { readonly owner: string; readonly loses: string } {
  return models === "probe"
    ? { owner: "a linear classifier", loses: "loses" }
    : areNetworks
    ? { owner: "networks from scratch", loses: "lose" }
    : models === 1
    ? { owner: "the given model", loses: "loses" }
    : { owner: "the given models", loses: "lose" };
}

/**
 * What is lost on the shifted examples, as a sentence; "" without a drop.
 *
 * @param options.areNetworks whether the models are networks of a trial
 */
export function lossText(
  drop: FoundDrop | null,
  { areNetworks = false }: { readonly areNetworks?: boolean } = {},
): string {
  if (drop === null) return "";
  const { total, low, high } = drop;
  const { owner, loses } = ownerOf(drop, { areNetworks });
  const who = `${owner.charAt(0).toUpperCase()}${owner.slice(1)}`;
  return low > 0
    ? `${who} ${loses} ${
      inPoints(total)
    } of accuracy on the shifted examples (${points(low)} to ${points(high)}).`
    : high < 0
    ? `${who} ${
      loses === "lose" ? "are" : "is"
    } right more often on the shifted examples, by ${inPoints(-total)} (${
      points(-high)
    } to ${points(-low)}).`
    : `${who} may lose nothing on the shifted examples (${points(low)} to ${
      points(high)
    } points of accuracy).`;
}

/** Up to so much of accuracy is little. */
const LITTLE = 0.05;

/**
 * That out of support accuracy is not surely below that on the reference set,
 * as a clause, with the most that may be lost, or that it is above; "" where it is, and where nobody
 * knows. Half-widths of the two add in squares.
 */
export function littleLost(drop: FoundDrop | null): string {
  const outside = drop?.accuracy.outOfSupport ?? null;
  if (drop === null || outside === null) return "";
  const { reference } = drop.accuracy;
  const fall = reference.value - outside.value;
  const below = Math.hypot(
    reference.value - reference.low,
    outside.high - outside.value,
  );
  if (fall - below > 0) return "";
  const most = fall +
    Math.hypot(reference.high - reference.value, outside.value - outside.low);
  return most <= 0
    ? "on what is new models are right more often than on the reference set, so that nothing to gain is seen"
    : most <= LITTLE
    ? `on what is new little accuracy is lost, if any (${
      inPoints(most)
    } at most)`
    : `whether accuracy is lost on what is new is not sure (${
      inPoints(most)
    } at most)`;
}

/** That little accuracy is lost on the shifted examples, whatever the shift is, as a clause; "" where more may be, and where nobody knows. */
export function littleAtStake(
  drop: FoundDrop | null,
  options: { readonly areNetworks: boolean },
): string {
  if (drop === null || drop.high > LITTLE) return "";
  const { owner, loses } = ownerOf(drop, options);
  return drop.high <= 0
    ? `${owner} ${
      loses === "lose" ? "are" : "is"
    } right more often on the shifted examples`
    : `${owner} ${loses} little accuracy on the shifted examples, if any (${
      inPoints(drop.high)
    } at most)`;
}

/** `8 points`, `1 point` */
function inPoints(value: number): string {
  const text = points(value);
  return `${text} point${text === "1" ? "" : "s"}`;
}

/** The part of a drop that is other labels of examples that look alike, where it is more than random splits give, for sure. */
export function otherLabels(drop: FoundDrop | null): DropTerm | undefined {
  return drop?.terms.find(({ name, low, placebo }) =>
    name === "other labels for the same examples" && low > placebo.high
  );
}

/** The same as a sentence. */
export function otherLabelsText(drop: FoundDrop): string {
  const term = otherLabels(drop);
  if (term === undefined) return "";
  const { owner, loses } = ownerOf(drop, { areNetworks: false });
  const alike =
    "Examples that a linear classifier finds alike have other labels in the shifted set: that";
  return term.value < drop.ofDrawn
    ? `${alike} makes ${points(term.value)} of the ${
      inPoints(drop.ofDrawn)
    } of accuracy that ${drop.models === "probe" ? "it" : owner} ${loses}.`
    : `${alike} alone would cost ${inPoints(term.value)} of accuracy.`;
}
