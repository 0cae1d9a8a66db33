/**
 * What a reader needs to make the results again, and what of it is there.
 *
 * @module
 */
import { FOLDERS, pathOf } from "../document/address.ts";
import type { Block } from "../document/document.ts";
import { cards, code, link, strong } from "../document/pieces.ts";
import { editedText } from "../document/edited.ts";
import { gather } from "../document/gather.ts";
import { hasCounterparts } from "./compose_paper.ts";
import type { Report } from "../value/report.ts";
import { counted } from "../value/wording.ts";
import type { RunRecord } from "../runs/run_record.ts";

/** What is said of edits that comparing files with git's index does not find. */
const NOT_SEEN =
  "Changes that were staged but not committed cannot be detected.";

/** Data, code, weights, results and environment of a run, as a table. */
export function completeness(
  reports: readonly Report[],
  run: RunRecord,
): Block {
  const { datasets } = gather(reports);
  const figures = reports.flatMap(({ figures }) => figures);
  const unavailable = figures.filter(({ kind }) => kind === "unavailable");
  const drawn = figures.length - unavailable.length;
  const without = reports.flatMap(({ claims }) => claims).filter((claim) =>
    "notReproduced" in claim
  );
  return cards(
    "What a reproduction needs, and whether it is available",
    ["", "available", "missing"],
    [[
      strong("Data"),
      datasets.length === 0 ? "No data are needed." : [
        `${counted(datasets.length, "source")}, checked byte for byte: see `,
        link("Material", "./material/index.html#data"),
        ".",
      ],
      "The data themselves: they come from their publishers, under their licences. The images of ImageNet, the data of CLIP, WILDS-FMoW and CelebA are not used.",
    ], [
      strong("Code"),
      [
        "All of it, with the command that reproduces each page",
        ...run.commit === null
          ? ["."]
          : ["; commit ", code(run.commit.slice(0, 12)), "."],
      ],
      run.commit === null
        ? "The commit: this run was made outside a checkout."
        : run.edited === undefined
        ? "Whether files differed from that commit is unknown."
        : run.edited.length > 0
        ? `Changes in files that differed from that commit: ${
          editedText(run.edited)
        }. ${NOT_SEEN}`
        : `Nothing known. ${NOT_SEEN}`,
    ], [
      strong("Weights"),
      [
        "Every trained network, in the store of the run (",
        code(".store/"),
        "), as safetensors.",
      ],
      "The weights are not on this site; the same command trains them again. The paper’s own weights are not used.",
    ], [
      strong("Results"),
      `${
        counted(drawn, "figure")
      } with every point as CSV and JSON, and every claim with its rule.`,
      [
        unavailable.length + without.length === 0
          ? "Nothing: every planned figure and claim is here."
          : `${counted(unavailable.length, "figure")} and ${
            counted(without.length, "claim")
          } could not be made; their pages say why.`,
        ...hasCounterparts(reports)
          ? [
            " What stands in place of each figure of the paper: see ",
            link("The paper’s figures", `./${pathOf(FOLDERS.paper)}`),
            ".",
          ]
          : [],
      ],
    ], [
      strong("Environment"),
      [
        `Deno ${run.deno} and `,
        counted(Object.keys(run.packages).length, "package"),
        " that results depend on, with exact versions: see ",
        link("Environment", "#environment"),
        ".",
      ],
      "A container image. On another device, numbers may differ in their last digits, so networks trained there are not identical to the bit.",
    ]],
  );
}
