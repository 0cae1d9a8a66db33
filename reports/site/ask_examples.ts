/**
 * The shifted examples by name, on the page of an answer and in a file beside
 * it: which of them look least like the reference set, and which most.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import { areContradicted } from "../../stats/asked/contradicted.ts";
import { code, line, link, table } from "../document/pieces.ts";
import { csv } from "../text/csv.ts";
import type { AskedExample } from "../value/asked_answer.ts";
import { formatCount } from "../value/quantity.ts";
import { shownPath, type WithFiles } from "./ask_pieces.ts";

/** Name of the file with all of them. */
const EXAMPLES_FILE = "examples.csv";

/** So many of each end are named on the page. */
const NAMED = 5;

/**
 * Names the examples.
 *
 * @param examples those first that look least like reference examples
 */
export function askExamples(
  examples: readonly AskedExample[],
  { outOfSupport }: Pick<AskFindings, "outOfSupport">,
): WithFiles {
  if (examples.length === 0 || outOfSupport === null) {
    return { blocks: [], files: [] };
  }
  // Where two ways to look contradict each other nobody knows who is in which part.
  const areParted = !areContradicted(outOfSupport);
  const partOf = ({ inSupport }: AskedExample) =>
    inSupport ? "in support" : "out of support";
  const parts = areParted
    ? (["out of support", "in support"] as const).map((part) => ({
      part,
      own: examples.filter((one) => partOf(one) === part),
    }))
    : [{ part: "shifted", own: examples }];
  const columns = parts.flatMap(({ part, own }) => {
    if (own.length === 0) return [];
    // None is at both ends.
    const half = Math.ceil(own.length / 2);
    return [
      { title: `${part}, least typical`, own: own.slice(0, half) },
      { title: `${part}, most typical`, own: own.slice(half).reverse() },
    ].filter(({ own }) => own.length > 0);
  });
  const rows = columns.reduce((most, { own }) => Math.max(most, own.length), 0);
  return {
    blocks: [
      line([
        `The shifted examples that are most and least like reference ones, the most extreme first. All ${
          formatCount(examples.length)
        } that were compared are in `,
        link(EXAMPLES_FILE, `./${EXAMPLES_FILE}`),
        areParted
          ? ", each with its part and with how shifted it looks, in standard deviations over the shifted set."
          : ", each with how shifted it looks, in standard deviations over the shifted set. Which are out of support cannot be said, as above; where pictures part them, they do so by the one which sees more.",
      ]),
      table(
        "Examples at both ends",
        columns.map(({ title }) => title),
        Array.from(
          { length: Math.min(NAMED, rows) },
          (_, i) =>
            columns.map(({ own }) => {
              const one = own[i];
              return one === undefined ? "" : [code(shownPath(one.name))];
            }),
        ),
      ),
    ],
    files: [[
      EXAMPLES_FILE,
      csv({
        columns: ["set", "example", "score", ...areParted ? ["part"] : []],
        rows: examples.map((one) => [
          "shifted",
          one.name,
          one.score,
          ...areParted ? [partOf(one)] : [],
        ]),
      }),
    ]],
  };
}
