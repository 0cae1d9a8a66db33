/**
 * The conditions of the rule in words, with the numbers that they were applied
 * to. Long, since each is a sentence of its own.
 *
 * @module
 */
import { FEWEST_GROUPS } from "./ask_findings.ts";
import type {
  FoundShift,
  FoundSupport,
  RuleCondition,
  ShiftArea,
} from "./ask_findings_schemas.ts";
import { MOVED } from "./association.ts";
import { areContradicted } from "./contradicted.ts";
import { namesOf } from "./named_properties.ts";
import {
  areaOf,
  BOUNDS,
  byOtherNetwork,
  type Evidence,
  fewGroupsOf,
  inPercent as percent,
  isTooFew,
  plain,
} from "./rule_bounds.ts";
import type { Held } from "./what_holds.ts";

/** What the rule was applied to, and what holds of it. */
type Known = Evidence & Held;

/** Every condition, and whether it holds. */
export function ruleConditions(known: Known): RuleCondition[] {
  return [
    ofNumbers,
    ofLooks,
    ofFrequencies,
    ofProportions,
    ofSupport,
    ofFiles,
    ofClasses,
    ofProperties,
    ofAccuracy,
  ].flatMap((conditions) => conditions(known));
}

/** Why a condition cannot be told. */
function lacking(what: string, { examples }: Known): string {
  return fewGroupsOf(examples) !== undefined
    ? "too few groups"
    : isTooFew(examples)
    ? "too few examples"
    : `no ${what}`;
}

const FEATURES = "features to look at";

const DIFFER_WITHIN =
  "examples surely differ within single classes, or in how features spread";

/** Why nothing can be told of properties; null where they were looked at. */
function unlooked(known: Known): string | null {
  return known.labels === null
    ? lacking("labels", known)
    : known.biases.length === 0
    ? "no property is given"
    : null;
}

/** Conditions that cannot be told. */
function untold(why: string, ...whats: string[]): RuleCondition[] {
  return whats.map((what) => ({ condition: `${what}: ${why}`, holds: null }));
}

function ofNumbers({ examples, enough }: Known): RuleCondition {
  const fewGroups = fewGroupsOf(examples);
  return {
    condition:
      `enough is left: at least ${BOUNDS.examples} examples of each set (${examples.test} test, ${examples.shifted} shifted)${
        fewGroups === undefined
          ? ""
          : `, of at least ${FEWEST_GROUPS} groups (${fewGroups})`
      }`,
    holds: enough,
  };
}

function ofLooks(known: Known): RuleCondition[] {
  const {
    shift,
    outOfSupport,
    seen,
    near,
    alike,
    moved,
    lacked,
    surelyApart,
  } = known;
  const area = areaOf(shift);
  if (area === null) {
    return untold(
      lacking(FEATURES, known),
      "a shift is seen",
      "examples are nearly alike",
      "examples are alike",
      DIFFER_WITHIN,
    );
  }
  const examples = area === shift ? "examples" : "examples of the same class";
  return [{
    condition:
      `a shift is seen between ${examples}: AUROC above 0.5 for sure and reached by ${
        percent(BOUNDS.shiftChance)
      } of random splits at most (${plain(area.auroc)}, ${plain(area.low)} to ${
        plain(area.high)
      }; reached by ${percent(area.p)})`,
    holds: seen,
  }, {
    condition:
      `${examples} are nearly alike: the upper end of AUROC is at most ${BOUNDS.alike} (${
        plain(area.high)
      }), less than ${
        percent(BOUNDS.outOfSupport)
      } of the shifted ones seem out of support${
        outOfSupport === null || areContradicted(outOfSupport)
          ? ""
          : ` (${percent(outOfSupport.share)})`
      }, and as few have values of a property, but for such of files, that the reference set surely lacks${
        lacked === undefined
          ? ""
          : ` (${percent(lacked.absent ?? 0)}, of ${lacked.property})`
      }`,
    holds: near,
  }, {
    condition:
      `${examples} are alike: they are nearly so; no shift is seen and AUROC is not above what 95% of random splits stay below (${
        plain(area.placebo)
      }), or its upper end is at most ${BOUNDS.fewExamples}, which takes sets that differ in no more than a tenth of their examples${
        besideText("of each class by itself", shift?.ofEachClass)
      }${
        besideText("of how features spread", shift?.ofSecondOrder)
      }; and no property’s own values surely moved by more than ${BOUNDS.moved}${
        moved === undefined
          ? ""
          : ` (${moved.property}, ${plain(moved.moved.low)} or more)`
      }`,
    holds: alike,
  }, {
    condition:
      `${DIFFER_WITHIN}, so that other class frequencies alone may come of what is new: AUROC of such classifiers is above what 95% of random splits stay below for sure, and its upper end above ${BOUNDS.fewExamples}`,
    holds: surelyApart,
  }];
}

/** That other classifiers see as little; nothing where none looked. */
function besideText(what: string, area: ShiftArea | null | undefined): string {
  return area === null || area === undefined
    ? ""
    : `; classifiers ${what} see as little (${plain(area.auroc)}, up to ${
      plain(area.high)
    }; ${plain(area.placebo)})`;
}

function ofFrequencies(known: Known): RuleCondition | RuleCondition[] {
  const { shift, explained } = known;
  const what = "the shift lies in how often each value of a property occurs";
  if (shift === null) return untold(lacking(FEATURES, known), what);
  const why = unlooked(known);
  if (why !== null) return untold(why, what);
  return {
    condition:
      `${what}: among examples of one class that are alike in it AUROC is at most ${BOUNDS.alike}, and ${
        percent(BOUNDS.left)
      } as far above 0.5, for sure, and the reference set has the values of ${
        percent(BOUNDS.reached)
      } of the shifted ones, of which ${
        withinText(known)
      }, nor have values of another one${LACKED}${leastText(shift)}`,
    holds: explained !== undefined,
  };
}

function ofProportions(known: Known): RuleCondition | RuleCondition[] {
  const { shift, labels, redrawn } = known;
  const what =
    "the shift lies in how often the sets have what both of them have";
  if (shift === null) return untold(lacking(FEATURES, known), what);
  if (labels === null) return untold(lacking("labels", known), what);
  return {
    condition:
      `${what}: AUROC is above ${BOUNDS.fewExamples} for sure; between shifted examples and reference ones of the same class that are drawn as often as their likes are among these it is at most ${BOUNDS.alike}, and ${
        percent(BOUNDS.left)
      } as far above 0.5, for sure; less than ${
        percent(1 - BOUNDS.reached)
      } of the shifted ones, for sure, have less than a fifth as many likes in the reference set; ${
        withinText(known)
      }, nor have values of a property${LACKED}${redrawnText(shift)}`,
    holds: redrawn,
  };
}

const LACKED = ", but for such of files, that the reference set surely lacks";

/** That not many are out of support. */
function withinText({ outOfSupport }: Known): string {
  return outOfSupport?.atLeast === false
    ? `less than ${percent(BOUNDS.outOfSupport)} are out of support`
    : `${percent(BOUNDS.outOfSupport)} are not out of support for sure`;
}

/** What drawing anew leaves of a shift, in brackets; nothing where nobody drew. */
function redrawnText({ redrawn }: FoundShift): string {
  if (redrawn === null || redrawn === undefined) return "";
  const { lacking: { share, high }, left, drawn } = redrawn;
  return ` (${percent(share)}, up to ${
    percent(high)
  }, have too few likes there${
    left === null
      ? ""
      : `; ${drawn} that are drawn leave ${plain(left.auroc)}, up to ${
        plain(left.high)
      }`
  })`;
}

/** The property that leaves least of a shift, in brackets; nothing where there is none. */
function leastText({ remainders }: FoundShift): string {
  const reached = remainders.filter(({ reached }) => reached >= BOUNDS.reached);
  const [least = remainders[0]] = reached;
  return least === undefined
    ? ""
    : ` (${least.property} leaves ${plain(least.auroc)}, up to ${
      plain(least.high)
    }, and has the values of ${percent(least.reached)})`;
}

function ofSupport(known: Known): RuleCondition | RuleCondition[] {
  const { outOfSupport: found, beyond } = known;
  const what = "a part is out of support";
  if (found === null) return untold(lacking(FEATURES, known), what);
  const { trained, agreement } = found;
  return {
    condition: `${what}: ${percent(BOUNDS.outOfSupport)} at least, for sure (${
      shareText(found)
    }${trained ? `, by ${networksText(found)})` : "), with a shift seen"}${
      agreement === null
        ? ""
        : `, and two ${
          trained ? "networks" : "kinds of features"
        } agree: of the examples that the one which sees fewer puts there, the other does so with at least ${
          percent(BOUNDS.agreement)
        } (${percent(agreement)})`
    }`,
    holds: beyond,
  };
}

function shareText(found: FoundSupport): string {
  const low = percent(found.low);
  return areContradicted(found)
    ? "no share where two ways to look contradict each other"
    : found.atLeast
    ? `${low} or more`
    : `${percent(found.share)}, ${low} to ${percent(found.high)}`;
}

function networksText(found: FoundSupport): string {
  if (areContradicted(found)) return "fine-tuned networks";
  const other = byOtherNetwork(found);
  return `a fine-tuned network${other === "" ? "" : `; ${other}`}`;
}

/** None where nothing is known of files. */
function ofFiles({ biases, storedOtherwise: others }: Known): RuleCondition[] {
  return !biases.some(({ ofFile }) => ofFile === true) ? [] : [{
    condition:
      `what is new is more than how files are stored: nearly all of one set are not of another type or size than those of the other, and a shift is seen among files that are alike in these, or two kinds of features see it${
        others === ""
          ? ""
          : ` (they may be of another ${others}, and one sees it)`
      }`,
    holds: others === "",
  }];
}

const EXCHANGED = "labels of two classes may have been exchanged";

function ofClasses(known: Known): RuleCondition[] {
  const { labels, differ, same, labelsWithin } = known;
  const [other, alike] = [
    "class frequencies differ",
    "class frequencies are the same",
  ];
  if (labels === null) {
    return untold(lacking("labels", known), other, alike, EXCHANGED);
  }
  const chance = percent(BOUNDS.labelChance);
  const high = plain(labels.distance.high);
  const within = labelsWithin &&
    `by chance in ${percent(labelsWithin.p)}, by ${
      plain(labelsWithin.distance.value)
    }, up to ${plain(labelsWithin.distance.high)}`;
  return [{
    condition: `${other}: by chance in ${chance} of cases at most (${
      percent(labels.p)
    }), and their distance may be more than ${BOUNDS.fewLabels} (up to ${high})${
      within
        ? `; among the examples in support as well, by ${
          percent(BOUNDS.otherLabelsWithin)
        } of the distance of all (${
          plain(labels.distance.value)
        }) at least, since what is new may have other classes, and some of it may be among them (${within})`
        : ""
    }`,
    holds: differ,
  }, {
    condition:
      `${alike}: their distance is ${BOUNDS.sameLabels} at most for sure, or ${BOUNDS.fewLabels} where they differ by chance in ${chance} of cases at most (up to ${high})${
        within
          ? `; or where a part is out of support, that of the examples in support is no more than the distance of all, and ${BOUNDS.sameLabels}, for sure (${within})`
          : ""
      }`,
    holds: same,
  }, ofExchange(known)];
}

function ofExchange({ labels, near, exchanged }: Known): RuleCondition {
  const found = labels?.exchanged ?? null;
  if (found === null || near === null) {
    return { condition: `${EXCHANGED}: not compared`, holds: null };
  }
  const { classes, share, p } = found;
  return {
    condition:
      `${EXCHANGED}: examples are nearly alike, and those of two classes look more like the other than before, by chance in ${
        percent(BOUNDS.shiftChance)
      } of cases at most, as if more than ${
        percent(BOUNDS.fewLabels)
      } of their labels might be (${classes.join(" and ")}: ${
        percent(share.value)
      }, up to ${percent(share.high)}; ${percent(p)})`,
    holds: exchanged !== undefined,
  };
}

function ofProperties(known: Known): RuleCondition[] {
  const { lost, gained, open, openGain, movedWithin } = known;
  const [falls, rises, closed, stays] = [
    "a property lost its association with the label",
    "a property goes with the label that did not, or more closely",
    "no loss is left open",
    "what is in support has the values of properties about as often",
  ];
  const why = unlooked(known);
  if (why !== null) return untold(why, falls, rises, closed, stays);
  return [{
    condition:
      `${falls} (one of files, which no classifier sees, does not count where its own values surely changed), and examples are nearly alike and its own values not surely changed (distance of more than ${MOVED}), or its own values stayed (distance up to ${MOVED}) and it fell by more than the part out of support explains, among the examples in support as well, where no property whose own values surely changed tells less of the label among the examples in support, so that new ones are among those${
        lost.length === 0 ? "" : `: ${namesOf(lost)}`
      }`,
    holds: lost.length > 0,
  }, {
    condition:
      `${rises}, by what one half of the shifted set teaches of the other, among the examples in support, too, and examples are nearly alike and its own values not surely changed (distance of more than ${MOVED})${
        gained.length === 0 ? "" : `: ${namesOf(gained)}`
      }`,
    holds: gained.length > 0,
  }, {
    condition:
      `${closed}, but for such of files, where examples are nearly alike or a property’s own values may have stayed: one that counts or may be above ${BOUNDS.openFall} nats, and may be so among the examples in support, or is there among them and counts or may be as large, or where nearly all are new may be as good as gone; nor one that is there in support in either way, or a rise that counts there, of a property whose own values may have stayed there${
        open !== undefined
          ? ` (${open.property} may have lost ${plain(open.fall.high)})`
          : openGain !== undefined
          ? ` (${openGain.property} goes with it newly, or more closely)`
          : ""
      }`,
    holds: open === undefined && openGain === undefined,
  }, {
    condition:
      `${stays}: no property’s own values surely changed by a distance of more than ${MOVED} among the examples in support${
        movedWithin === undefined ? "" : ` (${movedWithin.property})`
      }`,
    holds: movedWithin === undefined,
  }];
}

function ofAccuracy(known: Known): RuleCondition {
  const { drop, steady } = known;
  return {
    condition: drop === null
      ? `accuracy stays: ${lacking("predictions and no labels", known)}`
      : `accuracy${
        drop.models === "probe" ? " of a linear classifier" : ""
      } stays: it may be the same, and falls or rises by ${
        percent(BOUNDS.openDrop)
      } at most for sure (a fall of ${percent(drop.low)} to ${
        percent(drop.high)
      })`,
    holds: steady,
  };
}
