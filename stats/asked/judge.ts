/**
 * The rule: from what was found of a shift to the answer. It is fixed here, and
 * every condition of it is part of the findings.
 *
 * @module
 */
import { type Answer, FEWEST_GROUPS } from "./ask_findings.ts";
import type {
  FoundRemainder,
  Judgement,
  RuleCondition,
  ShiftArea,
} from "./ask_findings_schemas.ts";
import { MOVED, stayed } from "./association.ts";
import { commonLoss } from "./common_fall.ts";
import { isLeftAside, namesOf } from "./named_properties.ts";
import { type JudgeOptions, needsOf, unlookedNeeds } from "./needs_of.ts";
import { exceeds, isOpen, isOpenWithin, mayHaveStayed } from "./open_falls.ts";
import { storedOtherwise } from "./new_part.ts";
import { reasonOf } from "./reason_of.ts";
import {
  BOUNDS,
  byOtherNetwork,
  type Evidence,
  fewGroupsOf,
  haveOtherLabels,
  inPercent as percent,
  isSeen,
  isToldApart,
  isTooFew,
  leftAtMost,
  plain,
} from "./rule_bounds.ts";
import { withTestShift } from "./with_test_shift.ts";

/** Applies the rule. */
export function judge(
  evidence: Evidence,
  options: JudgeOptions,
): Judgement {
  const { examples, shift, labels, outOfSupport, drop, biases } = evidence;
  const area = shift === null ? null : shift.withinClass ?? shift;
  const between = area === null || area === shift ? "" : " of the same class";
  const fewGroups = fewGroupsOf(examples);
  const enough = fewGroups === undefined &&
    Math.min(examples.test, examples.shifted) >= BOUNDS.examples;
  const lacking = (what: string) =>
    fewGroups !== undefined
      ? "too few groups"
      : isTooFew(examples)
      ? "too few examples"
      : `no ${what}`;
  const seen = area === null ? null : isSeen(area);
  const trained = outOfSupport?.trained === true;
  const agreed = outOfSupport === null
    ? null
    : outOfSupport.agreement === null ||
      outOfSupport.agreement >= BOUNDS.agreement;
  const beyond = outOfSupport === null ? null : (seen === true || trained) &&
    outOfSupport.low >= BOUNDS.outOfSupport && agreed === true;
  const others = storedOtherwise(evidence);
  const networks = outOfSupport === null || agreed === false
    ? "fine-tuned networks"
    : ["a fine-tuned network", byOtherNetwork(outOfSupport)].filter(Boolean)
      .join("; ");
  // Nor may a part be out of support, whoever disagrees on which it is.
  const isWithin = outOfSupport !== null &&
    (outOfSupport.atLeast ? outOfSupport.low : outOfSupport.share) <
      BOUNDS.outOfSupport;
  const little = area !== null && area.high <= BOUNDS.fewExamples;
  const explained = seen === true && isWithin && !little
    ? shift?.remainders.find((one) => explains(one, area?.auroc ?? 0.5))
    : undefined;
  // Networks may see what linear classifiers do not.
  const near = area === null
    ? null
    : area.high <= BOUNDS.alike && !(trained && beyond === true);
  const { ofEachClass, ofSecondOrder } = shift ?? {};
  const apart = isToldApart(ofEachClass);
  const spread = isToldApart(ofSecondOrder);
  const moved = biases.find(({ ofFile, moved }) =>
    ofFile !== true && moved.low > BOUNDS.moved
  );
  const alike = area === null || near === null
    ? null
    : near && (little || !seen && area.auroc <= area.placebo) && !apart &&
      !spread && moved === undefined;
  const differ = labels === null ? null : haveOtherLabels(labels);
  const same = labels === null ? null : labels.distance.high <=
    (labels.p > BOUNDS.labelChance ? BOUNDS.sameLabels : BOUNDS.fewLabels);
  // Without any property nothing that goes with labels was looked at.
  const looked = biases.length > 0;
  const weighed = biases.filter((bias) => !isLeftAside(bias));
  const falling = weighed.filter(({ counts }) => counts);
  const lost = falling.filter((bias) =>
    near === true || stayed(bias) && exceeds(bias, outOfSupport?.share ?? 0)
  );
  // What the reference set has in other proportions is in support only where it has the values.
  const rising = weighed.filter(({ gained }) => gained?.counts === true);
  const gained = near === true
    ? rising.filter(({ moved }) => moved.low <= MOVED)
    : [];
  const open = weighed.find((bias) =>
    (near === true || mayHaveStayed(bias)) && isOpen(bias, outOfSupport) ||
    isOpenWithin(bias, outOfSupport)
  );
  const openGain = weighed.find(({ gained }) =>
    gained?.inSupport?.counts === true && isOpenWithin(gained, outOfSupport)
  );
  const steady = drop === null
    ? null
    : drop.low <= BOUNDS.noDrop && drop.high <= BOUNDS.openDrop &&
      drop.high >= -BOUNDS.noDrop && drop.low >= -BOUNDS.openDrop;
  const biased = labels === null
    ? null
    : differ === true || lost.length > 0 || gained.length > 0;
  const noBias = labels === null
    ? null
    : same === true && open === undefined && openGain === undefined;
  const unbiased = labels === null
    ? null
    : looked && noBias === true && falling.length === 0 && rising.length === 0;

  const unlooked = labels === null ? lacking("labels") : "no property is given";

  const rule: RuleCondition[] = [
    {
      condition:
        `enough is left: at least ${BOUNDS.examples} examples of each set (${examples.test} test, ${examples.shifted} shifted)${
          fewGroups === undefined
            ? ""
            : `, of at least ${FEWEST_GROUPS} groups (${fewGroups})`
        }`,
      holds: enough,
    },
    {
      condition: area === null
        ? `a shift is seen: ${lacking("features to look at")}`
        : `a shift is seen between examples${between}: AUROC above 0.5 for sure and reached by ${
          percent(BOUNDS.shiftChance)
        } of random splits at most (${plain(area.auroc)}, ${
          plain(area.low)
        } to ${plain(area.high)}; reached by ${percent(area.p)})`,
      holds: seen,
    },
    {
      condition: area === null
        ? `examples are nearly alike: ${lacking("features to look at")}`
        : `examples${between} are nearly alike: the upper end of AUROC is at most ${BOUNDS.alike} (${
          plain(area.high)
        })${trained ? ", and networks see no part out of support" : ""}`,
      holds: near,
    },
    {
      condition: area === null
        ? `examples are alike: ${lacking("features to look at")}`
        : `examples${between} are alike: they are nearly so; no shift is seen and AUROC is not above what 95% of random splits stay below (${
          plain(area.placebo)
        }), or its upper end is at most ${BOUNDS.fewExamples}, which takes sets that differ in no more than a tenth of their examples${
          besideText("of each class by itself", ofEachClass)
        }${
          besideText("of how features spread", ofSecondOrder)
        }; and no property’s own values surely moved by more than ${BOUNDS.moved}${
          moved === undefined
            ? ""
            : ` (${moved.property}, ${plain(moved.moved.low)} or more)`
        }`,
      holds: alike,
    },
    {
      condition: labels === null || area === null || !looked
        ? `the shift lies in how often each value of a property occurs: ${
          area === null ? lacking("features to look at") : unlooked
        }`
        : `the shift lies in how often each value of a property occurs: among examples of one class that are alike in it AUROC is at most ${BOUNDS.alike}, and ${
          percent(BOUNDS.left)
        } as far above 0.5, for sure, and the reference set has the values of ${
          percent(BOUNDS.reached)
        } of the shifted ones, of which ${
          outOfSupport?.atLeast === false
            ? `less than ${percent(BOUNDS.outOfSupport)} are out of support`
            : `${percent(BOUNDS.outOfSupport)} are not out of support for sure`
        }${remainderText(shift?.remainders ?? [])}`,
      holds: labels === null || area === null || !looked
        ? null
        : explained !== undefined,
    },
    {
      condition: outOfSupport === null
        ? `a part is out of support: ${lacking("features to look at")}`
        : `a part is out of support: ${
          percent(BOUNDS.outOfSupport)
        } at least, for sure (${
          agreed === false
            ? "no share where two ways to look contradict each other"
            : outOfSupport.atLeast
            ? `${percent(outOfSupport.low)} or more`
            : `${percent(outOfSupport.share)}, ${
              percent(outOfSupport.low)
            } to ${percent(outOfSupport.high)}`
        }${trained ? `, by ${networks})` : "), with a shift seen"}${
          outOfSupport.agreement === null
            ? ""
            : `, and two ${
              trained ? "networks" : "kinds of features"
            } agree: of the examples that the one which sees fewer puts there, the other does so with at least ${
              percent(BOUNDS.agreement)
            } (${percent(outOfSupport.agreement)})`
        }`,
      holds: beyond,
    },
    ...biases.some(({ ofFile }) => ofFile === true)
      ? [{
        condition:
          `what is new is more than how files are stored: nearly all of one set are not of another type or size than those of the other, or two kinds of features see it${
            others === ""
              ? ""
              : ` (they are of another ${others}, and one sees it)`
          }`,
        holds: others === "",
      }]
      : [],
    {
      condition: labels === null
        ? `class frequencies differ: ${lacking("labels")}`
        : `class frequencies differ: by chance in ${
          percent(BOUNDS.labelChance)
        } of cases at most (${
          percent(labels.p)
        }), and their distance may be more than ${BOUNDS.fewLabels} (up to ${
          plain(labels.distance.high)
        })`,
      holds: differ,
    },
    {
      condition: labels === null
        ? `class frequencies are the same: ${lacking("labels")}`
        : `class frequencies are the same: their distance is ${BOUNDS.sameLabels} at most for sure, or ${BOUNDS.fewLabels} where they differ by chance in ${
          percent(BOUNDS.labelChance)
        } of cases at most (up to ${plain(labels.distance.high)})`,
      holds: same,
    },
    {
      condition: labels === null || !looked
        ? `a property lost its association with the label: ${unlooked}`
        : `a property lost its association with the label (one of files, which no classifier sees, does not count where its own values surely changed), and examples are nearly alike or its own values stayed (distance up to ${MOVED}) and it fell by more than the part out of support explains${
          lost.length === 0 ? "" : `: ${namesOf(lost)}`
        }`,
      holds: labels === null || !looked ? null : lost.length > 0,
    },
    {
      condition: labels === null || !looked
        ? `a property goes with the label that did not, or more closely: ${unlooked}`
        : `a property goes with the label that did not, or more closely, by what one half of the shifted set teaches of the other, and examples are nearly alike and its own values not surely changed (distance of more than ${MOVED})${
          gained.length === 0 ? "" : `: ${namesOf(gained)}`
        }`,
      holds: labels === null || !looked ? null : gained.length > 0,
    },
    {
      condition: labels === null || !looked
        ? `no loss is left open: ${unlooked}`
        : `no loss is left open, but for such of files, where examples are nearly alike or a property’s own values may have stayed: one that may be above ${BOUNDS.openFall} nats, one that is there among the examples in support and counts or may be as large, or one that the part out of support does not explain in full; nor one that is there in support in either way, or a rise that counts there, of a property whose own values may have stayed there${
          open !== undefined
            ? ` (${open.property} may have lost ${plain(open.fall.high)})`
            : openGain !== undefined
            ? ` (${openGain.property} goes with it newly, or more closely)`
            : ""
        }`,
      holds: labels === null || !looked
        ? null
        : open === undefined && openGain === undefined,
    },
    {
      condition: drop === null
        ? `accuracy stays: ${lacking("predictions and no labels")}`
        : `accuracy${
          drop.models === "probe" ? " of a linear classifier" : ""
        } stays: it may be the same, and falls or rises by ${
          percent(BOUNDS.openDrop)
        } at most for sure (a fall of ${percent(drop.low)} to ${
          percent(drop.high)
        })`,
      holds: steady,
    },
  ];

  const answer: Answer = !enough
    ? "undecidable"
    : labels === null
    ? beyond === true &&
        (outOfSupport?.low ?? 0) >= BOUNDS.outOfSupportUnlabelled
      ? "extrapolation"
      : "undecidable"
    : beyond === true && others !== ""
    ? "undecidable"
    : beyond === true
    ? biased === true
      ? "both"
      : noBias === true
      ? "extrapolation"
      : "undecidable"
    : near === true && biased === true || explained !== undefined
    ? "bias"
    : alike === true && unbiased === true && steady !== false
    ? "no shift"
    : "undecidable";
  return withTestShift({
    answer,
    why: reasonOf(answer, evidence, {
      lost,
      gained: answer === "undecidable" ? rising : gained,
      explained,
      differs: seen === true && !little ||
        trained && outOfSupport.low >= BOUNDS.outOfSupport,
      near: near === true,
      apart,
      spread,
      moved,
    }),
    needs: answer === "undecidable"
      ? needsOf(evidence, {
        ...options,
        beyond: beyond === true,
        near: near === true,
        apart,
        spread,
        moved: moved !== undefined,
      })
      : answer === "extrapolation"
      ? unlookedNeeds(evidence)
      : [],
    ...answer === "bias" && commonLoss(evidence) !== null
      ? { mayBeLabels: true } as const
      : {},
    rule,
  }, evidence.testShift);
}

/** That other classifiers see as little; nothing where none looked. */
function besideText(what: string, area: ShiftArea | null | undefined): string {
  return area === null || area === undefined
    ? ""
    : `; classifiers ${what} see as little (${plain(area.auroc)}, up to ${
      plain(area.high)
    }; ${plain(area.placebo)})`;
}

/** Whether a shift of this area is one of a property's frequencies. */
function explains({ high, reached }: FoundRemainder, area: number): boolean {
  return reached >= BOUNDS.reached && high <= leftAtMost(area);
}

/** The property that leaves least, in brackets; nothing where there is none. */
function remainderText(remainders: readonly FoundRemainder[]): string {
  const reached = remainders.filter(({ reached }) => reached >= BOUNDS.reached);
  const [least = remainders[0]] = reached;
  return least === undefined
    ? ""
    : ` (${least.property} leaves ${plain(least.auroc)}, up to ${
      plain(least.high)
    }, and has the values of ${percent(least.reached)})`;
}
