/**
 * The tables of the networks on the COCO trunk.
 *
 * @module
 */
import type { Lazy } from "../../engine/define/ref.ts";
import type { Cell, Table } from "../../reports/value/report.ts";
import { tabulateRobustness } from "../../tasks/lines/tabulate_robustness.ts";
import { fitsTable } from "../shared/synthetic/page.ts";
import { linesOf } from "./figures.ts";
import type { GainsUnderShift } from "./gains.ts";
import { METHODS } from "./networks.ts";

/** The shifts that the paper has too, each with its number and ours. */
export function besideThePaper(
  shifts: readonly GainsUnderShift[],
): Lazy<Table> {
  const [first] = shifts;
  return {
    id: "beside-the-paper",
    caption:
      "The paper’s four synthetic shifts: mean effective robustness in points, with 95% intervals, of the paper’s networks (pre-trained by CLIP and AugReg, fine-tuned on ImageNet), where the paper gives a number, and of ours (pre-trained on COCO, LP-FT). The paper’s ± is the uncertainty of its line alone.",
    columns: [
      "shift",
      "support",
      "paper: CLIP and AugReg",
      ...(first === undefined ? [] : Object.values(first.main)).map((
        { title },
      ) => `here, ${title}`),
    ],
    rows: shifts.map(({ shift, main }) => [
      shift.name,
      shift.support,
      shift.paper,
      ...Object.values(main).map(({ gains }): Lazy<Cell> => {
        const { value, low, high } = gains["LP-FT"];
        return { value, low, high, unit: "points", bare: true };
      }),
    ]),
  };
}

/** Every effective robustness with its errors apart. */
export function intervalsTable(
  shifts: readonly GainsUnderShift[],
): Lazy<Table> {
  return {
    id: "intervals",
    caption:
      "Mean effective robustness in points. “From” and “to” bound the 95% interval. Its three sources of error are listed as half-widths: the spread between networks, the noise of the test images and the uncertainty of the line; “paper’s ±” is the uncertainty of the line alone, as the paper prints it after ±. There is only one linear probe, so its spread is unknown. The last columns say how many networks lie within the baselines’ reference accuracies, and how far outside the others are, in points.",
    ...tabulateRobustness({
      titles: ["shift", "line", "method"],
      rows: shifts.flatMap((measured) =>
        linesOf(measured).flatMap(({ title, gains }) =>
          METHODS.map((method) => ({
            cells: [measured.shift.name, title, method],
            mean: gains[method].mean,
            overlap: gains[method].overlap,
          }))
        )
      ),
    }, "coco"),
  };
}

/** How well the lines that decide fit. */
export function fits(shifts: readonly GainsUnderShift[]): Lazy<Table> {
  const lines = shifts.flatMap(({ shift, main }) =>
    Object.values(main).map(({ title, under: { fit } }) => ({
      title: `${shift.name}, ${title}`,
      fit,
    }))
  );
  return fitsTable(lines, {
    id: "fits",
    title: "Baselines of the networks with the trunk",
    label: "coco",
    // Those of another architecture have theirs on the pages of the shifts.
    byRun: shifts.some(({ isSame }) => isSame),
  });
}
