/** What came out of many asks, in lines. */
import {
  ANSWERS,
  type AskFindings,
} from "../../../stats/asked/ask_findings.ts";
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import type { World } from "./worlds.ts";

/** One ask of which the truth is known. */
export interface Tried {
  readonly world: World;
  readonly n: number;
  readonly seed: number;
  readonly findings: AskFindings;
  /** Processor time. */
  readonly seconds: number;
}

/** A share of some asks with its interval, or nothing where there are none. */
function rate(tried: readonly Tried[], holds: (one: Tried) => boolean): string {
  if (tried.length === 0) return "–";
  const successes = tried.filter(holds).length;
  const { low, high } = clopperPearson({ successes, n: tried.length });
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(successes / tried.length)}% (${percent(low)}–${
    percent(high)
  }) of ${tried.length}`;
}

/** Answers, false verdicts and coverage of some asks, on one line each. */
export function tally(tried: readonly Tried[]): string {
  const [first] = tried;
  if (first === undefined) return "nothing";
  const isOne = tried.every(({ world, n }) =>
    world === first.world && n === first.n
  );
  const answers = ANSWERS.map((answer) => {
    const count = tried.filter(({ findings }) =>
      findings.answer === answer
    ).length;
    return count === 0 ? "" : `${answer} ${count}`;
  }).filter((words) => words !== "").join(", ");
  const isFalse = ({ world, findings: { answer } }: Tried) =>
    answer !== "undecidable" && answer !== world.truth;
  const seconds = tried.reduce((sum, one) => sum + one.seconds, 0) /
    tried.length;
  const head = isOne
    ? `${first.world.truth.padEnd(13)} ${first.world.name.padEnd(50)} n ${
      String(first.n).padStart(5)
    }: ${answers}`
    : answers;
  const wrong = tried.filter(isFalse).length;
  if (isOne) {
    const mean = (of: (one: Tried) => number | null | undefined) => {
      const some = tried.map(of).filter((value) => typeof value === "number");
      return some.length === 0
        ? "–"
        : (some.reduce((a, b) => a + b, 0) / some.length).toFixed(3);
    };
    return `${head}${wrong > 0 ? `  FALSE ${wrong}` : ""}\n    within ${
      mean(({ findings }) => findings.shift?.withinClass?.auroc)
    } (placebo ${
      mean(({ findings }) => findings.shift?.withinClass?.placebo)
    }, high ${
      mean(({ findings }) => findings.shift?.withinClass?.high)
    }), share ${mean(({ findings }) => findings.outOfSupport?.share)} ≥ ${
      mean(({ findings }) => findings.outOfSupport?.low)
    }, agree ${
      mean(({ findings }) => findings.outOfSupport?.agreement)
    }, labels p ${mean(({ findings }) => findings.labels?.p)} to ${
      mean(({ findings }) => findings.labels?.distance.high)
    }, drop ${mean(({ findings }) => findings.drop?.total)} (${
      mean(({ findings }) => findings.drop?.low)
    } to ${mean(({ findings }) => findings.drop?.high)}), shared ${
      mean(({ findings }) => findings.drop?.sharedMass)
    }, ${seconds.toFixed(2)} s`;
  }
  const nothing = tried.filter(({ world }) => world.truth === "no shift");
  const known = tried.filter(({ world, findings }) =>
    world.share !== undefined && findings.outOfSupport !== null
  );
  return [
    head,
    `false verdicts            ${rate(tried, isFalse)}`,
    `false alarms, random split ${rate(nothing, isFalse)}`,
    `share's bound holds       ${
      rate(known, ({ world, findings }) =>
        (findings.outOfSupport?.low ?? 0) <= (world.share ?? 1))
    }`,
    ...ANSWERS.flatMap((truth) => {
      const own = tried.filter(({ world }) => world.truth === truth);
      return own.length === 0
        ? []
        : [...new Set(own.map(({ n }) => n))].sort((a, b) => a - b).map((n) => {
          const cell = own.filter((one) => one.n === n);
          return `${truth.padEnd(13)} n ${String(n).padStart(5)}: right ${
            rate(cell, ({ world, findings }) => findings.answer === world.truth)
          }; false ${rate(cell, isFalse)}`;
        });
    }),
    `${seconds.toFixed(2)} s of processor time an ask`,
  ].join("\n");
}
