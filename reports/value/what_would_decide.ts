/**
 * What would decide a claim that is open: how many more networks, runs or
 * images, from the share of each in the error.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { largest } from "../../stats/intervals/extremes.ts";
import type { ErrorShare } from "../../stats/lines/error_share.ts";
import {
  type Claim,
  type Estimate,
  estimatesOf,
  foundBy,
  judge,
  type JudgedClaim,
} from "./claim.ts";
import {
  formatCount,
  formatCounts,
  formatNumber,
  unitSuffix,
} from "./quantity.ts";
import { capital } from "./wording.ts";

/** More than so many times as many of anything is no plan. */
const MOST = 100;

/** A source without which it takes at most so many times as much of the others is not asked for. */
const SPARED = 1.25;

/** What there would be more of. */
const NAMES: Readonly<Record<ErrorShare["source"], string>> = {
  networks: "pre-trained networks",
  runs: "baseline runs",
  images: "test images",
};

/** An estimate whose interval reaches a bound of the rule. */
interface Open {
  readonly estimate: Estimate;
  /** Distance of the value from the bound. */
  readonly distance: number;
  /** With how many times as many of everything the interval would end at the bound. */
  readonly growth: number;
}

/**
 * A sentence on what would decide an inconclusive claim if its value stayed:
 * more of one source of error where that is enough, or of all that matter.
 * Variances go as 1/n; half-width over standard error is taken to stay, which
 * errs on the side of too many. Where the shares are not known, the sentence says so; where a
 * threshold is crossed over other forms of the line, another one says that more
 * of anything leaves that open. Nothing is said of a claim that is
 * decided or rests on too few examples.
 */
export function whatWouldDecide(claim: Claim): string | undefined {
  const deciding = decidingOf(claim);
  const [hardest] = deciding;
  const shares = (hardest?.estimate.shares ?? [])
    .filter(({ standardError }) => standardError > 0);
  const growthOf = (some: readonly ErrorShare[]) =>
    largest(
      deciding.map((one) =>
        growthOfSome(one, some.map(({ source }) => source))
      ),
    );
  const [alone] = shares.map((share) => ({
    ...share,
    growth: growthOf([share]),
  })).sort((a, b) => a.growth - b.growth);
  if (hardest === undefined) return undefined;
  const form = formOfLine(claim);
  if (alone === undefined) {
    return `How much more data would decide it is not known: its error was not split into sources.${form}`;
  }

  const { estimate: { title, unit }, distance, growth } = hardest;
  const isAlone = alone.growth <= MOST;
  const asked = askedFor(shares, { growth, growthOf });
  const times = readable(asked === shares ? growth : growthOf(asked));
  const ways = [
    ...isAlone ? [insteadOf([alone], alone.growth)] : [],
    ...times <= MOST && !(isAlone && alone.growth <= times * asked.length)
      ? [
        asked === shares
          ? `${inWords(times)} as much data (${
            shares.map((share) => more(share, times)).join(", ")
          })`
          : `${insteadOf(asked, times)} (with no more ${
            listed(
              shares.filter((share) => !asked.includes(share)).map(nameOf),
            )
          })`,
      ]
      : [],
  ].join(", or ");
  const estimate = title === undefined
    ? "the estimate"
    : `the estimate (${title})`;
  const isNear = distance < 0.01 && (unit === "points" || unit === "percent");
  const near = isNear
    ? `${estimate} is within ${
      formatNumber({ value: tenthsUp(100 * distance), digits: 1 })
    } points of the threshold${ways === "" ? "; " : ": "}`
    : "";
  const it = isNear ? "the estimate" : estimate;
  return capital(
    near +
      (ways === ""
        ? `even ${MOST} times as much data would not settle it unless ${it} moved.`
        : `${ways} would decide it if ${it} stayed the same.`) +
      form,
  );
}

/** That more networks do not settle whether a line is straight, where the threshold lies between what other forms of it give. */
function formOfLine(claim: Claim): string {
  if ("notReproduced" in claim) return "";
  const crossing = estimatesOf(claim).find(({ otherForms: forms }) =>
    boundsOf(claim.rule).some((bound) =>
      forms !== undefined && forms.low < bound && bound < forms.high
    )
  );
  if (crossing?.otherForms === undefined) return "";
  const { title, unit, otherForms: { low, high } } = crossing;
  const [from, to] = [low, high].map((value) => formatNumber({ value, unit }));
  return ` Over other forms of the line, with one size of baselines left out or a parabola in its place, the estimate${
    title === undefined ? "" : ` (${title})`
  } is between ${from} and ${to}${
    unitSuffix(unit)
  }, on both sides of the threshold: more networks of these sizes would not settle the form of the line.`;
}

/** The estimates that would have to clear their bounds for a verdict, the hardest first. */
function decidingOf(claim: Claim): readonly Open[] {
  if ("notReproduced" in claim || judge(claim) !== "inconclusive") return [];
  const estimates = estimatesOf(claim);
  if (estimates.length < foundBy(claim).length) return [];
  const open = estimates.flatMap((estimate) => openOf(estimate, claim.rule))
    .sort((a, b) => b.growth - a.growth);
  // One estimate that violates the rule contradicts; all must satisfy it to support.
  const against = open.filter(({ estimate }) => {
    const { id, statement, paper, rule } = claim;
    const certain = { ...rule, on: "value" } as const;
    return judge({ id, statement, paper, estimate, rule: certain }) ===
      "contradicted";
  });
  return against.length > 0 ? against.slice(-1) : open;
}

/** The bound of the rule that is hardest to clear for an estimate whose interval reaches one. */
function openOf(
  estimate: Estimate,
  rule: JudgedClaim["rule"],
): readonly Open[] {
  const { value, low, high } = estimate;
  return boundsOf(rule).filter((bound) => low <= bound && bound <= high)
    .map((bound) => {
      const distance = Math.abs(bound - value);
      const reach = bound > value ? high - value : value - low;
      return { estimate, distance, growth: (reach / distance) ** 2 };
    })
    .sort((a, b) => b.growth - a.growth).slice(0, 1);
}

function boundsOf(rule: JudgedClaim["rule"]): readonly number[] {
  return rule.kind === "within" ? [rule.low, rule.high] : [rule.bound];
}

/** With how many times as many of some sources, and as many of the others, the interval would end at the bound; infinitely many if the others reach it. */
function growthOfSome(
  { estimate: { shares = [] }, growth }: Open,
  sources: readonly ErrorShare["source"][],
): number {
  const variance = (some: readonly ErrorShare[]) =>
    some.reduce((sum, { standardError }) => sum + standardError ** 2, 0);
  const own = variance(shares.filter(({ source }) => sources.includes(source)));
  const all = variance(shares);
  const room = all / growth - (all - own);
  return room > 0 ? own / room : Infinity;
}

/** The sources that must grow together: all but the smallest, where more of these would hardly spare any of the others. */
function askedFor(
  shares: readonly ErrorShare[],
  { growth, growthOf }: {
    /** By how much all would have to grow. */
    readonly growth: number;
    readonly growthOf: (some: readonly ErrorShare[]) => number;
  },
): readonly ErrorShare[] {
  const limit = Math.min(SPARED * growth, MOST);
  let asked = shares;
  const bySize = [...shares]
    .sort((a, b) => a.standardError - b.standardError).slice(0, -1);
  for (const smallest of bySize) {
    const rest = asked.filter((share) => share !== smallest);
    if (growthOf(rest) > limit) break;
    asked = rest;
  }
  return asked;
}

/** How many there are then: `36 pre-trained networks`. */
function more(share: ErrorShare, times: number): string {
  return `${formatCount(grown(share, times))} ${nameOf(share)}`;
}

/** The same beside how many there are now: `36 pre-trained networks instead of 4`, `50 networks and 90 runs instead of 10 and 18`. */
function insteadOf(shares: readonly ErrorShare[], times: number): string {
  const counts = shares.map((share) => {
    const [then = "", now = ""] = formatCounts([grown(share, times), share.n]);
    return { then: `${then} ${nameOf(share)}`, now };
  });
  return `${listed(counts.map(({ then }) => then))} instead of ${
    listed(counts.map(({ now }) => now))
  }`;
}

function nameOf({ source, name = NAMES[source] }: ErrorShare): string {
  return name;
}

/** So many times as many, rounded up to two digits. */
function grown({ n }: ErrorShare, times: number): number {
  const count = up(n * times);
  const unit = count < 1000 ? 1 : 10 ** (String(count).length - 2);
  return up(count / unit) * unit;
}

/** A factor as one would say it, rounded up: to tenths below three, else to whole numbers. */
function readable(growth: number): number {
  return growth < 3 ? Math.max(tenthsUp(growth), 1.1) : up(growth);
}

const WORDS =
  "twice,three times,four times,five times,six times,seven times,eight times,nine times"
    .split(",");

function inWords(times: number): string {
  return WORDS[times - 2] ?? `${times} times`;
}

/** Rounded up to tenths; at least one. */
function tenthsUp(value: number): number {
  return Math.max(up(10 * value), 1) / 10;
}

/** Rounded up, but for the last digits of a double. */
function up(value: number): number {
  return Math.ceil(value * (1 - 1e-9));
}
