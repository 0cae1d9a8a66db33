/**
 * What a fall of an association leaves open: whether new examples explain it,
 * and whether there may be a bias behind it.
 *
 * @module
 */
import type { FoundBias } from "./ask_findings_schemas.ts";
import { stayed } from "./association.ts";
import { BOUNDS, type Evidence } from "./rule_bounds.ts";

/** Whether a property's own values may be as in the reference set: if not, a loss of its association leaves no bias open. */
export function mayHaveStayed(bias: Pick<FoundBias, "moved">): boolean {
  return stayed(bias) || bias.moved.low === 0;
}

/**
 * Whether an association fell by more than examples out of support explain, if
 * the property told nothing of those; where nearly all are, whether it is as
 * good as gone.
 */
export function exceeds({ fall, test }: FoundBias, share: number): boolean {
  return share < BOUNDS.nearlyAll
    ? fall.low > share * test
    : fall.value >= BOUNDS.goneShare * test && fall.low >= BOUNDS.goneNats;
}

/**
 * Whether a bias behind a fall cannot be excluded: it counts or may be large, and
 * may be as large among the examples in support; or it is there among those. What
 * new examples do to the fall of all, either way, is none. Where nearly all are
 * out, nobody is left to ask: then a fall that counts has to be less for sure than
 * as good as gone, or little.
 */
export function isOpen(
  { fall, test, counts, inSupport }: FoundBias,
  outOfSupport: Evidence["outOfSupport"],
): boolean {
  const isLarge = fall.high > BOUNDS.openFall;
  if (outOfSupport !== null && outOfSupport.share >= BOUNDS.nearlyAll) {
    return isLarge ||
      counts && fall.high >= Math.max(BOUNDS.goneShare * test, BOUNDS.goneNats);
  }
  const mayBe = isLarge || counts;
  return inSupport === null
    ? mayBe
    : isThere(inSupport) || mayBe && inSupport.high > BOUNDS.openFall;
}

/** Whether a fall counts among the examples in support, or is there by its own interval and may be large. */
function isThere(inSupport: FoundBias["inSupport"]): boolean {
  return inSupport !== null &&
    (inSupport.counts ||
      inSupport.low > 0 && inSupport.high > BOUNDS.openFall);
}

/**
 * Whether a fall is there among the examples in support, where the property's own
 * values may have stayed: new examples may move those of all, and say nothing
 * against a bias beside them. Where nearly all are new, those left are mostly
 * new ones that nobody saw.
 */
export function isOpenWithin(
  { inSupport }: Pick<FoundBias, "inSupport">,
  outOfSupport: Evidence["outOfSupport"],
): boolean {
  return isThere(inSupport) && inSupport?.moved !== undefined &&
    mayHaveStayed({ moved: inSupport.moved }) &&
    (outOfSupport?.share ?? 1) < BOUNDS.nearlyAll;
}
