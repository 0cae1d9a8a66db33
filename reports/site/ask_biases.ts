/**
 * What is found of properties and labels, as pieces of the page of an answer.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { MOVED, stayed } from "../../stats/asked/association.ts";
import { areContradicted } from "../../stats/asked/contradicted.ts";
import type { Block } from "../document/document.ts";
import { line, numbers } from "../document/pieces.ts";
import { formatCount } from "../value/quantity.ts";
import { isOfNetworks } from "./ask_drop.ts";
import { firstOf, percent, plain, told, within } from "./ask_pieces.ts";

/** Properties that lost the label, and where models are right least often. */
export function biasBlocks(findings: AskFindings): readonly Block[] {
  const { biases, worstGroups, outOfSupport } = findings;
  const hasParts = outOfSupport !== null &&
    (outOfSupport.low > 0 || areContradicted(outOfSupport));
  // What has one value everywhere tells nothing, and nor does what has one in each set.
  const isSame = ({ test, shifted, moved }: AskFindings["biases"][number]) =>
    Math.abs(test) + Math.abs(shifted) + moved.value < 1e-9;
  const same = biases.filter(isSame).map(({ property }) => property);
  return [
    ...same.length === biases.length
      ? [line("No property could be compared with the labels.")]
      : [
        line(
          `How much simple properties tell about the label by what the reference set teaches, in the test and in the shifted set: below 0 where that misleads. It is the logarithm of how much more often an example’s value and class go together in the set that teaches than if they were independent, less its mean over the classes, and counted as if these were as frequent in both sets. It may exceed mutual information. New examples lower this as well${
            hasParts ? ", though not among the examples in support" : ""
          }, so a loss counts as a bias only where ${
            hasParts ? "it is there among those as well and " : ""
          }the property’s own values stayed, or where these did not surely change and examples are nearly alike${
            biases.some(({ ofFile }) => ofFile === true)
              ? ", and one of what files alone have, which no classifier sees, not where that changed itself"
              : ""
          }:`,
        ),
        ...firstOf(
          "How much simple properties tell about the label, as the reference set teaches it",
          [
            "property",
            numbers("information, test (nats)"),
            numbers("shifted, by the reference’s link"),
            numbers("fall (95% interval)"),
            ...hasParts ? [numbers("fall, in support")] : [],
            numbers("p"),
            "tells less",
            "own values",
          ],
          biases.filter((bias) => !isSame(bias)).map((bias) => [
            bias.property,
            plain(bias.test),
            plain(bias.shifted),
            within(bias.fall, plain),
            ...!hasParts
              ? []
              : bias.inSupport === null
              ? ["too few examples"]
              : [within(bias.inSupport, plain)],
            plain(bias.p),
            bias.counts ? "yes" : "no",
            stayed(bias)
              ? "stayed"
              : bias.moved.low > MOVED
              ? "changed"
              : "open",
          ]),
          { others: "properties" },
        ),
      ],
    ...gainBlocks(biases.filter((bias) => !isSame(bias))),
    ...same.length === 0
      ? []
      : [line(`The same in all examples: ${same.join(", ")}.`)],
    ...worstGroups.length === 0 ? [] : told(
      `Shifted examples on which ${
        isOfNetworks(findings) ? "networks from scratch" : "models"
      } are right least often. The worst of many look worse than they are, so these intervals hold together for all ${
        formatCount(worstGroups[0]?.lookedAt ?? 0)
      } groups and classes of groups that were looked at (Clopper and Pearson’s, corrected for that number)`,
      [
        "examples with",
        "class",
        numbers("n"),
        numbers("accuracy (95% interval)"),
      ],
      worstGroups.map((group) => [
        group.group,
        group.class ?? "all",
        formatCount(group.n),
        within({ ...group, value: group.accuracy }, percent),
      ]),
    ),
  ];
}

/** The same the other way round; nothing where no property was compared so. */
function gainBlocks(biases: AskFindings["biases"]): readonly Block[] {
  const rows = biases.flatMap(({ property, linked, gained }) =>
    gained === undefined ? [] : [[
      property,
      plain(gained.shifted),
      plain(gained.test),
      within(gained.rise, plain),
      plain(gained.p),
      !gained.counts ? "no" : linked === true ? "more closely" : "newly",
    ]]
  );
  return rows.length === 0 ? [] : [
    line(
      "And how much they tell by what the shifted set teaches: one half of it teaches, and its other half and the test set are asked.",
    ),
    ...firstOf(
      "How much simple properties tell about the label, as the shifted set teaches it",
      [
        "property",
        numbers("information, shifted (nats)"),
        numbers("test"),
        numbers("rise (95% interval)"),
        numbers("p"),
        "goes with the label",
      ],
      rows,
      { others: "properties" },
    ),
  ];
}
