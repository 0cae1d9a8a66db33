/** What came out of many asks, in lines. */
import { ANSWERS } from "../../../stats/asked/ask_findings.ts";
import type {
  AskFindings,
  Estimated,
} from "../../../stats/asked/ask_findings_schemas.ts";
import { judge } from "../../../stats/asked/judge.ts";
import { meanOf } from "../../../stats/asked/placebo_splits.ts";
import { BOUNDS } from "../../../stats/asked/rule_bounds.ts";
import { wilson } from "../../../stats/intervals/proportion.ts";
import type { Truths } from "./truths.ts";
import type { World } from "./worlds.ts";

/** One ask of which the truth is known. */
export interface Tried {
  readonly world: World;
  readonly n: number;
  readonly seed: number;
  readonly findings: AskFindings;
  /** Drop of the model that is known everywhere; null where it is not asked for. */
  readonly drop: Estimated | null;
  readonly truths: Truths | null;
  /** Processor time. */
  readonly seconds: number;
}

/** Fewest draws of a cell whose mean stands for a truth; that it is of the same draws is allowed for. */
const FEWEST = 5;

/** A share of some asks with Wilson's interval, or nothing where there are none. */
function rate(holds: readonly boolean[]): string {
  if (holds.length === 0) return "–";
  const successes = holds.filter(Boolean).length;
  const { low, high } = wilson({ successes, n: holds.length });
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(successes / holds.length)}% (${percent(low)}–${
    percent(high)
  }) of ${holds.length}`;
}

const isFalse = ({ world, findings: { answer } }: Tried) =>
  answer !== "undecidable" && answer !== world.truth;
const isRight = ({ world, findings: { answer } }: Tried) =>
  answer === world.truth;

/** All tables. */
export function tally(tried: readonly Tried[]): string {
  if (tried.length === 0) return "nothing";
  return [
    ...cellsOf(tried).map(lineOf),
    "",
    ...answersOf(tried),
    "",
    ...ratesOf(tried),
    "",
    ...coverages(tried),
    "",
    `${
      [...new Set(tried.map(({ n }) => n))].sort((a, b) => a - b).map((n) =>
        `n ${n}: ${
          meanOf(
            tried.filter((one) => one.n === n).map((one) =>
              one.seconds
            ),
          )
            .toFixed(2)
        } s`
      ).join(", ")
    } of processor time an ask`,
  ].join("\n");
}

function cellsOf(tried: readonly Tried[]): readonly (readonly Tried[])[] {
  const cells = Map.groupBy(tried, ({ world, n }) => `${world.name}\0${n}`);
  return [...cells.values()].sort(([a], [b]) =>
    (a as Tried).world.name < (b as Tried).world.name
      ? -1
      : (a as Tried).world.name > (b as Tried).world.name
      ? 1
      : (a as Tried).n - (b as Tried).n
  );
}

/** A world at one size: which answers were given, and the means behind them. */
function lineOf(cell: readonly Tried[]): string {
  const [{ world, n }] = cell as [Tried];
  const answers = givenIn(cell);
  const mean = (of: (findings: AskFindings) => number | null | undefined) => {
    const some = cell.map(({ findings }) => of(findings))
      .filter((value) => typeof value === "number");
    return some.length === 0 ? "–" : meanOf(some).toFixed(3);
  };
  const wrong = cell.filter(isFalse).length;
  return `${world.truth.padEnd(13)} ${world.name.padEnd(50)} n ${
    String(n).padStart(5)
  }: ${answers}${wrong > 0 ? `  FALSE ${wrong}` : ""}\n    within ${
    mean(({ shift }) => shift?.withinClass?.auroc)
  } (placebo ${mean(({ shift }) => shift?.withinClass?.placebo)}, high ${
    mean(({ shift }) => shift?.withinClass?.high)
  }), share ${mean(({ outOfSupport }) => outOfSupport?.share)} ≥ ${
    mean(({ outOfSupport }) => outOfSupport?.low)
  }, agree ${mean(({ outOfSupport }) => outOfSupport?.agreement)}, labels p ${
    mean(({ labels }) => labels?.p)
  } to ${mean(({ labels }) => labels?.distance.high)}, drop ${
    mean(({ drop }) => drop?.total)
  } (${mean(({ drop }) => drop?.low)} to ${
    mean(({ drop }) => drop?.high)
  }), shared ${mean(({ drop }) => drop?.sharedMass)}`;
}

/** How often each answer was given. */
function givenIn(tried: readonly Tried[]): string {
  return ANSWERS.map((answer) => {
    const count = tried.filter(({ findings }) => findings.answer === answer)
      .length;
    return count === 0 ? "" : `${answer} ${count}`;
  }).filter((words) => words !== "").join(", ");
}

/** By size and truth how often each answer was given. */
function answersOf(tried: readonly Tried[]): readonly string[] {
  const ofTruths = Map.groupBy(
    tried,
    ({ world, n }) => `n ${String(n).padStart(5)}, ${world.truth}`,
  );
  return [...ofTruths].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, some]) =>
      `${name.padEnd(24)} of ${some.length}: ${givenIn(some)}`
    );
}

/** False verdicts, false alarms and power, by size. */
function ratesOf(tried: readonly Tried[]): readonly string[] {
  const sizes = [...new Set(tried.map(({ n }) => n))].sort((a, b) => a - b);
  const rows: string[] = [];
  const row = (
    name: string,
    some: readonly Tried[],
    holds: (one: Tried) => boolean,
  ) => {
    if (some.length === 0) return;
    rows.push(`${name.padEnd(46)} ${rate(some.map(holds))}`);
  };
  row("false verdicts", tried, isFalse);
  row(
    "false alarms where there is no shift",
    tried.filter(({ world }) => world.truth === "no shift"),
    isFalse,
  );
  row("right", tried, isRight);
  const disagree = ({ findings: { outOfSupport } }: Tried) =>
    (outOfSupport?.agreement ?? 1) < BOUNDS.agreement;
  row(
    "two ways to look disagree, where there are two",
    tried.filter(({ findings }) => isThere(findings.outOfSupport?.agreement)),
    disagree,
  );
  const asAgreed = tried.filter(disagree).map(withoutAgreement);
  row(
    "  of these right, were they to agree",
    asAgreed,
    (one) => isRight(one) && one.findings.answer !== "undecidable",
  );
  row("  of these false, were they to agree", asAgreed, isFalse);
  for (const n of sizes) {
    const own = tried.filter((one) => one.n === n);
    row(`n ${n}: false verdicts`, own, isFalse);
    for (const truth of ANSWERS) {
      row(
        `n ${n}: right where ${truth}`,
        own.filter(({ world }) => world.truth === truth),
        isRight,
      );
    }
    row(
      `n ${n}: right where no shift, of images`,
      own.filter(({ world }) =>
        world.truth === "no shift" && world.grouped === undefined
      ),
      isRight,
    );
  }
  return rows;
}

/** What would be answered if nobody asked whether two ways to look agree. */
function withoutAgreement({ findings, ...one }: Tried): Tried {
  const { outOfSupport, ...rest } = findings;
  const evidence = {
    ...rest,
    outOfSupport: outOfSupport === null
      ? null
      : { ...outOfSupport, agreement: null },
  };
  const judged = judge(evidence, { canTrain: false });
  return { ...one, findings: { ...evidence, ...judged } };
}

function isThere<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** Something with an interval. */
type Ranged = Pick<Estimated, "low" | "high">;

/** How often intervals hold what is true. */
function coverages(tried: readonly Tried[]): readonly string[] {
  const rows: string[] = [];
  const row = (name: string, holds: readonly boolean[]) => {
    if (holds.length > 0) rows.push(`${name.padEnd(52)} ${rate(holds)}`);
  };
  const known = (
    of: (one: Tried) => Ranged | null | undefined,
    truth: (one: Tried) => number | null | undefined,
  ) =>
    tried.flatMap((one) => {
      const [range, value] = [of(one), truth(one)];
      return isThere(range) && isThere(value)
        ? [range.low <= value && value <= range.high]
        : [];
    });
  rows.push("how often intervals hold the truth");
  for (const trained of [false, true]) {
    const share = ({ findings: { outOfSupport } }: Tried) =>
      outOfSupport?.trained === trained ? outOfSupport : null;
    row(
      trained
        ? "share out of support, by networks"
        : "share out of support, at least (one-sided)",
      known(share, ({ world }) => world.share),
    );
  }
  for (const n of [...new Set(tried.map(({ n }) => n))].sort((a, b) => a - b)) {
    row(
      `drop of a model, n ${n}`,
      known(
        (one) => one.n === n ? one.drop : null,
        ({ truths }) => truths?.drop,
      ),
    );
  }
  row(
    "drop of a model",
    known(({ drop }) => drop, ({ truths }) => truths?.drop),
  );
  row(
    "distance of class shares",
    known(
      ({ findings }) => findings.labels?.distance,
      ({ truths }) => truths?.labels,
    ),
  );
  const none = ({ world }: Tried) => world.name.endsWith("random split");
  row(
    "AUROC of random splits, between examples of a class",
    known(
      (one) => none(one) ? one.findings.shift?.withinClass : null,
      () => 0.5,
    ),
  );
  row(
    "AUROC of random splits, all examples",
    known((one) => none(one) ? one.findings.shift : null, () => 0.5),
  );
  const ofOneTruth = cellsOf(tried.filter(isOneTruth));
  if (!ofOneTruth.some(({ length }) => length >= FEWEST)) return rows;
  rows.push(
    "",
    `how often intervals hold the mean over draws of a cell of ${FEWEST} and more`,
  );
  for (const [name, of] of Object.entries(QUANTITIES)) {
    const holds = ofOneTruth.flatMap((cell) => {
      const some = cell.map(({ findings }) => of(findings))
        .filter(isThere);
      if (some.length < FEWEST) return [];
      const middle = meanOf(some.map(({ value }) => value));
      // The mean is of the same draws: each is nearer to it by as much.
      const wider = Math.sqrt((some.length - 1) / some.length);
      return some.map(({ value, low, high }) =>
        value + (low - value) * wider <= middle &&
        middle <= value + (high - value) * wider
      );
    });
    row(name, holds);
  }
  return rows;
}

/** Whether all draws have the same truth: rare classes and groups are other ones in each. */
function isOneTruth({ world: { pMinority, grouped } }: Tried): boolean {
  return pMinority === undefined && grouped === undefined;
}

const valued = (
  area:
    | { readonly auroc: number; readonly low: number; readonly high: number }
    | null
    | undefined,
) => isThere(area) ? { ...area, value: area.auroc } : null;

/** What is estimated of every question. */
const QUANTITIES: Readonly<
  Record<string, (findings: AskFindings) => Estimated | null | undefined>
> = {
  "AUROC, all examples": ({ shift }) => valued(shift),
  "AUROC, between examples of a class": ({ shift }) =>
    valued(shift?.withinClass),
  "drop of a classifier of one's own": ({ drop }) =>
    drop === null ? null : { ...drop, value: drop.total },
  "accuracy, reference": ({ drop }) => drop?.accuracy.reference,
  "accuracy, shifted": ({ drop }) => drop?.accuracy.shifted,
  "accuracy in support": ({ drop }) => drop?.accuracy.inSupport,
  "accuracy out of support": ({ drop }) => drop?.accuracy.outOfSupport,
  "term: harder examples": ({ drop }) => drop?.terms[0],
  "term: other labels": ({ drop }) => drop?.terms[1],
  "term: lacking examples": ({ drop }) => drop?.terms[2],
  ...Object.fromEntries(["brightness", "hue"].flatMap((name) => {
    const of = <T extends { readonly property: string }>(
      some: readonly T[] | undefined,
    ) => some?.find(({ property }) => property === name);
    return Object.entries({
      [`fall of ${name}`]: ({ biases }: AskFindings) => of(biases)?.fall,
      [`fall of ${name} in support`]: ({ biases }: AskFindings) =>
        of(biases)?.inSupport,
      [`own values of ${name} moved`]: ({ biases }: AskFindings) =>
        of(biases)?.moved,
      [`left among examples alike in ${name}`]: ({ shift }: AskFindings) =>
        valued(of(shift?.remainders)),
    });
  })),
  "difference at equal difficulty": ({ drop }) =>
    drop?.difficultyControlled?.difference,
};
