/**
 * What is told of the examples that the reference set lacks.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { otherFiles, otherNewFiles } from "./named_properties.ts";
import {
  byOtherNetwork,
  type Evidence,
  inPercent as percent,
} from "./rule_bounds.ts";

/** How many of the shifted examples are new, as the beginning of a sentence. */
export function newPart(
  { outOfSupport, duplicates, examples }: Evidence,
): string {
  const share = percent(outOfSupport?.low ?? 0);
  const other = outOfSupport === null ? "" : byOtherNetwork(outOfSupport);
  const part = outOfSupport !== null && !outOfSupport.atLeast
    ? `About ${percent(outOfSupport.share)} (${share} to ${
      percent(outOfSupport.high)
    }${other === "" ? "" : `; ${other}`})`
    : `At least ${share}${
      other === "" ? onlyText(outOfSupport) : ` (${other})`
    }`;
  const ofThese = duplicates.shifted === 0
    ? "the shifted examples"
    : `the ${examples.shifted} shifted examples left (without ${duplicates.shifted} that another set has as well)`;
  return `${part} of ${ofThese} are of a kind that the reference set lacks or hardly has`;
}

/** Name of all kinds of features together. */
const ALL = "all";

/** The kind of features that sees new examples where the others see none, and these; nothing where several do, or there is one. */
function seenByOne(
  found: Evidence["outOfSupport"],
): { readonly seeing: string; readonly blind: readonly string[] } | undefined {
  if (found === null || found.agreement !== null) return undefined;
  const { others = [] } = found;
  const all = found.features === ALL ? others : [found, ...others];
  const [seeing, more] = all.filter(({ share }) => share > 0);
  const blind = all.filter(({ share }) => share === 0);
  return seeing === undefined || more !== undefined || blind.length === 0
    ? undefined
    : {
      seeing: seeing.features,
      blind: blind.map(({ features }) => features),
    };
}

/** By which properties the files of the sets differ, where one kind of features alone sees new examples: how files are stored may be all that it sees. "" else. */
export function storedOtherwise(
  evidence: Pick<Evidence, "biases" | "shift" | "outOfSupport">,
): string {
  return seenByOne(evidence.outOfSupport) === undefined
    ? ""
    : otherFiles(evidence.biases) || otherNewFiles(evidence);
}

function onlyText(found: Evidence["outOfSupport"]): string {
  const only = seenByOne(found);
  return only === undefined
    ? ""
    : ` (seen by the features “${only.seeing}” alone, by ${
      listed(only.blind.map((name) => `“${name}”`))
    } none)`;
}

/** The stricter bound that is looked at as well: half of the rule's. */
const STRICTER = 0.1;

/** That all turns on how rare counts as new, where for sure none is out of support at the stricter bound. */
export function boundText({ outOfSupport }: Evidence): string {
  const stricter = outOfSupport?.sweep.find(({ epsilon }) =>
    epsilon === STRICTER
  );
  return outOfSupport === null || stricter === undefined || stricter.low > 0
    ? ""
    : ` This turns on how rare in the reference set counts as new: what is less than a fifth as frequent there (ε = ${
      outOfSupport.epsilon.toFixed(2)
    }); of what is less than a tenth as frequent (ε = ${
      STRICTER.toFixed(2)
    }) no share is certain.`;
}
