/**
 * What a reader needs to make the results again, and what of it is there: the
 * rows of the completeness box.
 *
 * @module
 */
import type { Line } from "../document/document.ts";
import { editedText } from "../document/edited.ts";
import { gather } from "../document/gather.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";

/** One thing that a reproduction needs. */
export interface CompletenessRow {
  readonly what: string;
  /** What is there, and where. */
  readonly there: Line;
  /** What is missing, and why. */
  readonly missing: Line;
}

/** What is said of edits that comparing files with git's index does not find. */
const NOT_SEEN = "staged and not committed is not seen.";

/** Data, code, weights, results and environment of a run. */
export function completeness(
  reports: readonly Report[],
  run: RunRecord,
): readonly CompletenessRow[] {
  const { datasets } = gather(reports);
  const figures = reports.flatMap(({ figures }) => figures);
  const unavailable = figures.filter(({ kind }) => kind === "unavailable");
  const drawn = figures.length - unavailable.length;
  const without = reports.flatMap(({ claims }) => claims).filter((claim) =>
    "notReproduced" in claim
  );
  const code = (text: string) => ({ kind: "code" as const, text });
  return [
    {
      what: "Data",
      there: datasets.length === 0 ? "None is needed." : [
        `${
          counted(datasets.length, "source")
        }, pinned byte for byte by digest: see `,
        { kind: "link", text: "Material", href: "./material/index.html#data" },
        ".",
      ],
      missing:
        "The data are not copied here: they come from those who publish them, under their licences. ImageNet’s images, CLIP’s data, WILDS-FMoW and CelebA are not used.",
    },
    {
      what: "Code",
      there: [
        "All of it, with the command that makes each page",
        ...run.commit === null
          ? ["."]
          : ["; commit ", code(run.commit.slice(0, 12)), "."],
      ],
      missing: run.commit === null
        ? "This run was made outside a checkout: no commit names its code."
        : run.edited === undefined
        ? "Whether files differed from that commit could not be told."
        : run.edited.length > 0
        ? `Files that differed from that commit: ${
          editedText(run.edited)
        }. A change that was ${NOT_SEEN}`
        : `Nothing, as far as can be told: a change that was ${NOT_SEEN}`,
    },
    {
      what: "Weights",
      there: [
        "Every network that was trained is in the store of the run (",
        code(".store/"),
        ") as safetensors, under the digest of its bytes.",
      ],
      missing:
        "They are not on this site; the same command trains them again. The paper’s own weights are not used.",
    },
    {
      what: "Results",
      there: `${
        counted(drawn, "figure")
      } with every point as CSV and JSON, every claim with its rule.`,
      missing: unavailable.length + without.length === 0
        ? "Of what these experiments promise, nothing. Not attempted: the paper’s figures 6 and 7 (WILDS-FMoW, CelebA)."
        : `${counted(unavailable.length, "figure")} and ${
          counted(without.length, "claim")
        } could not be made; their pages say why. Not attempted: the paper’s figures 6 and 7 (WILDS-FMoW, CelebA).`,
    },
    {
      what: "Environment",
      there: [
        `Deno ${run.deno} and `,
        counted(Object.keys(run.packages).length, "package"),
        " that results depend on, at exact versions: see ",
        { kind: "link", text: "Environment", href: "#environment" },
        ".",
      ],
      missing:
        "Not a container image. On another device numbers may differ in their last digits, so that networks trained there are not the same to the bit.",
    },
  ];
}

/** `1 figure`, `3 figures`. */
function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
