/**
 * Measures of accuracies by group over several networks.
 *
 * @module
 */
import type { Evaluation } from "./evaluation.ts";
import {
  accuracyByGroup,
  countGroups,
  type GroupCounts,
  type GroupedSet,
  type GroupMeasure,
  measureOf,
} from "./group_counts.ts";

/** Of each network, how often it is right in each group; checkpoints count as networks of their own. */
export function groupCountsOf(
  evaluations: readonly Evaluation[],
  parts: readonly GroupedSet[],
): readonly GroupCounts[] {
  return evaluations.flatMap(({ networks }) =>
    networks.map((network) => countGroups(network, parts))
  );
}

/** Mean of a measure over networks, without one of them or one block of images. */
export function meanOver(
  networks: readonly GroupCounts[],
  measure: GroupMeasure,
  without?: {
    readonly factor: "networks" | "images";
    readonly member: number;
  },
): number {
  const block = without?.factor === "images" ? without.member : undefined;
  const kept = networks.filter((_, i) =>
    without?.factor !== "networks" || i !== without.member
  );
  const sum = kept.reduce(
    (sum, one) =>
      sum + measureOf(accuracyByGroup(one, { without: block }), measure),
    0,
  );
  return sum / kept.length;
}
