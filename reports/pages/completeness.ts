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
import { counted } from "../value/wording.ts";
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
const NOT_SEEN =
  "Changes that were staged but not committed cannot be detected.";

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
      there: datasets.length === 0 ? "No data are needed." : [
        `${counted(datasets.length, "source")}, checked byte for byte: see `,
        { kind: "link", text: "Material", href: "./material/index.html#data" },
        ".",
      ],
      missing:
        "The data themselves: they come from their publishers, under their licences. The images of ImageNet, the data of CLIP, WILDS-FMoW and CelebA are not used.",
    },
    {
      what: "Code",
      there: [
        "All of it, with the command that reproduces each page",
        ...run.commit === null
          ? ["."]
          : ["; commit ", code(run.commit.slice(0, 12)), "."],
      ],
      missing: run.commit === null
        ? "The commit: this run was made outside a checkout."
        : run.edited === undefined
        ? "Whether files differed from that commit is unknown."
        : run.edited.length > 0
        ? `Changes in files that differed from that commit: ${
          editedText(run.edited)
        }. ${NOT_SEEN}`
        : `Nothing known. ${NOT_SEEN}`,
    },
    {
      what: "Weights",
      there: [
        "Every trained network, in the store of the run (",
        code(".store/"),
        "), as safetensors.",
      ],
      missing:
        "The weights are not on this site; the same command trains them again. The paper’s own weights are not used.",
    },
    {
      what: "Results",
      there: `${
        counted(drawn, "figure")
      } with every point as CSV and JSON, and every claim with its rule.`,
      missing: [
        unavailable.length + without.length === 0
          ? "Nothing: every planned figure and claim is here."
          : `${counted(unavailable.length, "figure")} and ${
            counted(without.length, "claim")
          } could not be made; their pages say why.`,
        " The paper’s figures 6 and 7 are of WILDS-FMoW and CelebA; the experiment ",
        code("interventions"),
        " makes both at this scale with CIFAR-10 instead.",
      ],
    },
    {
      what: "Environment",
      there: [
        `Deno ${run.deno} and `,
        counted(Object.keys(run.packages).length, "package"),
        " that results depend on, with exact versions: see ",
        { kind: "link", text: "Environment", href: "#environment" },
        ".",
      ],
      missing:
        "A container image. On another device, numbers may differ in their last digits, so networks trained there are not identical to the bit.",
    },
  ];
}
