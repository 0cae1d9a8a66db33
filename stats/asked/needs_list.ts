/**
 * What is asked for, counted in examples, or in groups where these are what
 * counts.
 *
 * @module
 */
import type { Need } from "./ask_findings_schemas.ts";
import { areGrouped, type Evidence } from "./rule_bounds.ts";

/** How many reference examples there have to be for one that is held out. */
const HELD_OUT = 5;

/** The most images that are read of a set without `--most`. */
const READ = 5000;

/** What is asked for has to be so many times what is there: with a few more, chance decides as before. */
const WORTHWHILE = 1.1;

const SETS = ["test", "shifted"] as const;
type Tested = typeof SETS[number];

/** Numbers of one sentence, with commas if one of them has five digits. */
function counted<N extends readonly number[]>(
  ...numbers: N
): { [K in keyof N]: string } {
  const isLong = numbers.some((number) => number >= 10_000);
  return numbers.map((number) =>
    isLong ? number.toLocaleString("en-US") : `${number}`
  ) as { [K in keyof N]: string };
}

/** Two digits, rounded up: it is an estimate, and fewer would not do. */
function roundedUp(number: number): number {
  const unit = 10 ** Math.max(0, Math.ceil(number).toFixed(0).length - 2);
  return Math.ceil(number / unit) * unit;
}

/** What counts as one example, and how many there are. */
interface Units {
  readonly there: number;
  /** "groups of " where these count, which are fewer than examples. */
  readonly groupsOf: string;
  /** Examples of one of them on average. */
  readonly size: number;
}

function unitsOf(set: Tested, examples: Evidence["examples"]): Units {
  const inGroups = areGrouped(set, examples);
  const there = inGroups ? examples.groups[set] : examples[set];
  return {
    there,
    groupsOf: inGroups ? "groups of " : "",
    size: Math.max(1, examples[set] / Math.max(1, there)),
  };
}

/** What is asked for: of each thing the most. Of more examples than are looked at none are. */
export class NeedsList {
  /** Whether so many more are looked at that it is worth while. */
  readonly canGrow: boolean;
  readonly #evidence: Pick<Evidence, "examples" | "duplicates">;
  readonly #units: Readonly<Record<Tested, Units>>;
  /** How many are there of the smaller set, and how many of each are looked at. */
  readonly #few: number;
  readonly #most: number;
  readonly #isHeldOut: boolean;
  readonly #needs = new Map<string, Need>();
  /** The most examples of a set that would do, of more than are looked at. */
  #beyondMost = 0;
  /** "labelled " where shifted examples have to be, of which none is there. */
  #labelled = "";

  /** @param options.isHeldOut whether the test set is a part of the reference set */
  constructor(
    evidence: Pick<Evidence, "examples" | "duplicates">,
    { isHeldOut = false }: { readonly isHeldOut?: boolean | undefined },
  ) {
    const { examples } = evidence;
    const test = unitsOf("test", examples);
    const shifted = unitsOf("shifted", examples);
    this.#evidence = evidence;
    this.#units = { test, shifted };
    this.#few = Math.min(test.there, shifted.there);
    this.#most = examples.atMost / Math.max(test.size, shifted.size);
    this.canGrow = this.#most >= WORTHWHILE * this.#few;
    this.#isHeldOut = isHeldOut;
  }

  /** Whether nothing is asked for yet. */
  get isEmpty(): boolean {
    return this.#needs.size === 0 && this.#beyondMost === 0;
  }

  /** Asks for a thing, or for so many. */
  ask(what: string, number = 1, more: Partial<Need> = {}): void {
    if (!Number.isFinite(number)) return;
    const rounded = more.exact ? number : roundedUp(number);
    if (rounded <= (this.#needs.get(what)?.number ?? 0)) return;
    this.#needs.set(what, { what, number: rounded, ...more });
  }

  /** Asks for so many shifted examples with labels; what is asked of them from then on are such. Groups are asked for besides. */
  askLabelled(number: number): void {
    if (this.#units.shifted.groupsOf !== "") {
      return this.ask("labelled shifted examples", number);
    }
    this.#labelled = "labelled ";
    this.ask(this.#nameOf("shifted"), number);
  }

  /** Asks for so many examples of each set, however they come in groups. */
  askExamples(number: number): void {
    const { test, shifted } = this.#units;
    this.#askBoth(number / Math.min(test.size, shifted.size));
  }

  /** Asks for so many groups in each set, and for more where these hold too few examples. */
  askGroups(number: number, { examples }: { readonly examples: number }): void {
    const { test, shifted } = this.#units;
    const size = Math.min(test.size, shifted.size);
    this.ask(
      "groups of examples in each set",
      Math.max(number, examples / size),
    );
  }

  /** Asks for so many times as many of each set as the smaller one has. */
  askTimes(times: number): void {
    this.#askBoth(this.#few * times);
  }

  /** Asks for more of each set where nothing says how many it takes. */
  askMany(): void {
    const many = 4 * this.#few;
    this.#askBoth(this.canGrow ? Math.min(many, this.#most) : many);
  }

  /** The same as {@linkcode askTimes} for what is of all that were given, however few are drawn. */
  askTimesGiven(times: number): void {
    const { given } = this.#evidence.examples;
    const number = Math.min(given.test, given.shifted) * times;
    for (const set of SETS) {
      if (number < WORTHWHILE * given[set]) continue;
      const { groupsOf, size } = this.#units[set];
      const there = groupsOf === "" ? { there: given[set] } : {};
      this.ask(this.#nameOf(set), number / size, there);
    }
  }

  /** Asks for a way to look at more examples, where these would do. */
  askBeyondMost(): void {
    if (this.#beyondMost === 0) return;
    const { atMost } = this.#evidence.examples;
    const [most, some] = counted(atMost, roundedUp(this.#beyondMost));
    this.ask(
      `way to look at more than ${most} examples of a set, which no option gives (some ${some} would do; of more that are given ${most} are drawn)`,
    );
  }

  /** All that is asked for. */
  list(): readonly Need[] {
    return [...this.#needs.values()];
  }

  #askBoth(number: number): void {
    if (!Number.isFinite(number)) return;
    for (const set of SETS) {
      const { there, size } = this.#units[set];
      if (number < WORTHWHILE * there) continue;
      if (number * size > this.#evidence.examples.atMost) {
        this.#beyondMost = Math.max(this.#beyondMost, number * size);
      } else if (set === "test" && this.#isHeldOut) this.#askReference(number);
      else if (set === "shifted" && this.#labelled) {
        this.ask(this.#nameOf(set), number);
      } else this.ask(this.#nameOf(set), number, { there });
    }
  }

  /** Asks for reference examples, of which a part is tested on, or test ones. */
  #askReference(number: number): void {
    const { examples } = this.#evidence;
    const { there, groupsOf, size } = this.#units.test;
    const own = roundedUp(number);
    const all = roundedUp(HELD_OUT * own);
    this.ask(
      `${groupsOf}reference examples, of which a fifth is tested on`,
      all,
      {
        // Of more that were given fewer are drawn.
        ...groupsOf === "" && examples.given.test === examples.test
          ? { there: there + (examples.reference ?? 0) }
          : {},
        or: `${own} ${groupsOf}test examples of their own (--test)${
          all * size > READ
            ? `; so many are read with --most ${roundedUp(all * size)}`
            : ""
        }`,
      },
    );
  }

  /** Copies were removed of those that are there. */
  #nameOf(set: Tested): string {
    const labelled = set === "shifted" ? this.#labelled : "";
    return `${this.#units[set].groupsOf}${labelled}${set} examples${
      this.#evidence.duplicates[set] > 0 ? " that no other set has" : ""
    }`;
  }
}
