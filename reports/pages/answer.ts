/**
 * The answer to the paper's question, from verdicts alone.
 *
 * @module
 */
import { type Claim, judge, type Verdict } from "../value/claim.ts";

/** The two halves of the paper's answer. */
type Half = NonNullable<Claim["answers"]>;

/** How the judged claims of a half came out, taken together. */
type Outcome =
  | "all supported"
  | "all contradicted"
  | "all inconclusive"
  | "supported where decided"
  | "contradicted where decided"
  | "divided"
  | "none judged";

/**
 * The answer in two sentences: one for shifts out of support, one for shifts
 * in support. It follows from the verdicts of the claims that answer it, and
 * from nothing else; a smoke run gives none.
 */
export function answerOf(
  claims: readonly Claim[],
  { profile }: { readonly profile: string },
): string {
  const out = countOf(claims, "out of support");
  const within = countOf(claims, "in support");
  if (profile === "smoke") {
    return `This run trained its networks for seconds, to check that everything works, and answers nothing. For the record: out of support, ${
      countsText(out)
    }; in support, ${countsText(within)}.`;
  }
  return `In these runs, where a network must extrapolate (out of support), pre-training ${
    OUT_OF_SUPPORT[outcomeOf(out)]
  }: ${countsText(out)}. Where the training data are biased (in support), it ${
    IN_SUPPORT[outcomeOf(within)]
  }: ${countsText(within)}.`;
}

const OUT_OF_SUPPORT: Readonly<Record<Outcome, string>> = {
  "all supported": "helps",
  "all contradicted": "does not help as the paper finds",
  "all inconclusive": "may or may not help",
  "supported where decided": "helps wherever the numbers decide",
  "contradicted where decided":
    "does not help as the paper finds wherever the numbers decide",
  "divided": "helps under some shifts and not as the paper finds under others",
  "none judged": "was not put to the test",
};

const IN_SUPPORT: Readonly<Record<Outcome, string>> = {
  "all supported": "makes hardly any difference",
  "all contradicted": "makes a difference, unlike in the paper",
  "all inconclusive": "may or may not make a difference",
  "supported where decided":
    "makes hardly any difference wherever the numbers decide",
  "contradicted where decided":
    "makes a difference wherever the numbers decide, unlike in the paper",
  "divided":
    "makes hardly any difference under some shifts and, unlike in the paper, one under others",
  "none judged": "was not put to the test",
};

/** How many claims of a half have each verdict. */
type Counts = Readonly<Record<Verdict, number>>;

function countOf(claims: readonly Claim[], half: Half): Counts {
  const verdicts = claims.filter(({ answers }) => answers === half).map(judge);
  const count = (verdict: Verdict) =>
    verdicts.filter((one) => one === verdict).length;
  return {
    supported: count("supported"),
    contradicted: count("contradicted"),
    inconclusive: count("inconclusive"),
    "not reproduced": count("not reproduced"),
  };
}

function outcomeOf(
  { supported, contradicted, inconclusive }: Counts,
): Outcome {
  if (supported + contradicted + inconclusive === 0) return "none judged";
  if (supported > 0 && contradicted > 0) return "divided";
  if (inconclusive === 0) {
    return supported > 0 ? "all supported" : "all contradicted";
  }
  if (supported > 0) return "supported where decided";
  return contradicted > 0 ? "contradicted where decided" : "all inconclusive";
}

/** `of 5 claims 3 are supported and 2 inconclusive`. */
function countsText(counts: Counts): string {
  const { supported, contradicted, inconclusive } = counts;
  const missing = counts["not reproduced"];
  const judged = supported + contradicted + inconclusive;
  if (judged === 0) {
    return missing === 0
      ? "no claim is about it"
      : missing === 1
      ? "the one claim has no number"
      : `none of the ${missing} claims has a number`;
  }
  const kinds = ([
    [supported, "supported"],
    [contradicted, "contradicted"],
    [inconclusive, "inconclusive"],
  ] as const).filter(([n]) => n > 0);
  const without = missing === 0
    ? ""
    : `, ${missing} more ${missing === 1 ? "has" : "have"} no number`;
  const [only] = kinds;
  if (kinds.length === 1 && only !== undefined) {
    const [n, verdict] = only;
    const all = n === 1
      ? `the one claim is ${verdict}`
      : n === 2
      ? `both claims are ${verdict}`
      : `all ${n} claims are ${verdict}`;
    return all + without;
  }
  const phrases = kinds.map(([n, verdict], i) =>
    i === 0 ? `${n} ${n === 1 ? "is" : "are"} ${verdict}` : `${n} ${verdict}`
  );
  return `of ${judged} claims ${phrases.slice(0, -1).join(", ")} and ${
    phrases.at(-1)
  }${without}`;
}
