/**
 * Which part of a shifted set is out of support, as pieces of the page of a question.
 *
 * @module
 */
import type {
  AskFindings,
  BoundedShare,
  FoundSupport,
} from "../../stats/asked/ask_findings_schemas.ts";
import { areContradicted } from "../../stats/asked/contradicted.ts";
import type { Block } from "../document/document.ts";
import { line, numbers } from "../document/pieces.ts";
import { featuresText, percent, plain, told } from "./ask_pieces.ts";

/** What was asked for, and could have been. */
export interface AskedFor {
  /** Whether networks could have been trained for this, and nobody asked for it. */
  readonly canTrain: boolean;
}

/** The share out of support, and that by networks which the rule did not read. */
export function supportBlocks(
  { outOfSupport, trainedSupport }: AskFindings,
  { canTrain }: AskedFor,
): readonly Block[] {
  if (outOfSupport === null) {
    return [line("It cannot be told which part is out of support.")];
  }
  const areAlone = !trainedSupport;
  const shares = shareBlocks(outOfSupport, { canTrain, areAlone });
  return areAlone ? shares : [
    ...shares,
    line(
      "Two networks were fine-tuned to tell the sets apart, besides. The answer does not rest on them: how often it would be false was not tried. Without labels, a class that only became more frequent may look new to them, and what is new within classes alone may escape them, so that their share has no upper end.",
    ),
    ...shareBlocks(trainedSupport, { canTrain: false, areAlone: false }),
  ];
}

/** A share; none where two ways to look contradict each other. */
function shareBlocks(
  found: FoundSupport,
  { canTrain, areAlone }: AskedFor & {
    /** Whether nobody else looked. */
    readonly areAlone: boolean;
  },
): readonly Block[] {
  const { atLeast, trained, epsilon, features, agreement, others = [], sweep } =
    found;
  if (agreement !== null && areContradicted(found)) {
    return [line(
      `How many of the shifted examples are out of support cannot be said: of those that one of two ${
        trained ? "networks" : "kinds of features"
      } puts there, the one which sees fewer, the other does so with only ${
        percent(agreement)
      }.`,
    )];
  }
  const sentences = [
    `Out of support is what is less than ${
      plain(epsilon, 2)
    } times as dense in the reference as in the shifted set: ${
      shareText(found, { atLeast })
    } of the shifted examples, by ${
      trained
        ? `a network pre-trained on ${
          features === "photo" ? "photographs" : features
        } and fine-tuned to tell the sets apart`
        : featuresText(features)
    }${
      others.map((other) =>
        `; ${
          trained
            ? "the other of the two puts"
            : `${featuresText(other.features)} alone put`
        } ${shareText(other, other)} out of support`
      ).join("")
    }.`,
    agreement === null
      ? ""
      : `Of those that the ${
        trained ? "network" : "kind of features"
      } which sees fewer puts there, the other puts ${
        percent(agreement)
      } there, too; where nearly all are out, that means little.`,
    !trained
      ? `${
        areAlone ? "Only linear" : "Linear"
      } classifiers looked, which see weak or mixed shifts in part, so more may be out of support${
        canTrain ? "; without --quick networks are fine-tuned to look" : ""
      }.`
      : atLeast && areAlone
      ? "More may be: what looks in support to it is not like the reference set either."
      : "",
  ];
  return [
    line(sentences.filter((sentence) => sentence !== "").join(" ")),
    ...sweep.every(({ share }) => share === 0) ? [] : told(
      "The share as the bound moves",
      [numbers("bound ε"), numbers("out of support")],
      sweep.map((one) => [plain(one.epsilon, 2), shareText(one, { atLeast })]),
    ),
    ...sweep.every(({ share, low }, i) => {
        const { [i - 1]: before = { share: 0, low: 0 } } = sweep;
        return share >= before.share && low >= before.low;
      })
      ? []
      : [
        line(
          "What is out of support at one bound is so at all looser ones. Where a share or its lower end falls all the same, that is no smaller share: each row has a cut of its own.",
        ),
      ],
  ];
}

function shareText(
  { share, low, high }: BoundedShare,
  { atLeast }: Pick<FoundSupport, "atLeast">,
): string {
  return atLeast
    ? low === 0
      ? share === 0
        ? "none"
        : `no certain share (best estimate ${percent(share)})`
      : `at least ${percent(low)} (best estimate ${percent(share)})`
    : `${percent(share)} (${percent(low)} to ${percent(high)})`;
}
