/**
 * What makes a bias, as clauses.
 *
 * @module
 */
import type { FoundBias } from "./ask_findings_schemas.ts";
import { namesOf } from "./named_properties.ts";
import type { Held } from "./what_holds.ts";

/** What changed for sure in what goes with the label, and in how often classes occur; "" where nothing did. */
export function causesText(
  { lost, gained, differ }: Pick<Held, "lost" | "gained" | "differ">,
): string {
  // Of one that also lost its link, that is said.
  const others = gained.filter((bias) => !lost.includes(bias));
  const [more, anew] = [
    others.filter(({ linked }) => linked === true),
    others.filter(({ linked }) => linked !== true),
  ];
  const go = (some: readonly FoundBias[]) => some.length === 1 ? "goes" : "go";
  const causes = [
    ...lost.length === 0 ? [] : [
      `${namesOf(lost)} no longer ${go(lost)} with the label as ${
        lost.length === 1 ? "it does" : "they do"
      } in the reference set`,
    ],
    ...anew.length === 0 ? [] : [
      `${namesOf(anew)} ${
        go(anew)
      } with the label in the shifted set, and did not in the reference set`,
    ],
    ...more.length === 0 ? [] : [
      `${namesOf(more)} ${
        go(more)
      } with the label more closely than in the reference set`,
    ],
    ...differ === true ? ["classes occur in other proportions"] : [],
  ];
  return causes.join(", and ");
}
