/**
 * `figure`: one figure of the results in the store, as a file for a paper.
 *
 * @module
 */
import { extname, resolve } from "node:path";
import { openProject } from "../../engine/project.ts";
import { drawFigure } from "../../reports/figures/draw_figure.ts";
import {
  inPoints,
  NARROWEST,
  paperFigure,
  WIDEST,
} from "../../reports/figures/paper_figure.ts";
import { profileNamed } from "../choose.ts";
import { byteSize } from "../display/quantities.ts";
import {
  FIGURE_FORMATS,
  type FigureCommand,
  type FigureFormat,
} from "../grammar/figure.ts";
import { projectOf } from "../project_of.ts";
import type { Shell } from "../shell.ts";
import { type StoredFigure, storedFigure } from "../stored_figure.ts";
import { UsageError } from "../usage_error.ts";

/** @returns the exit code */
export async function run(
  command: FigureCommand,
  shell: Shell,
): Promise<number> {
  const { width } = command;
  const points = inPoints(width);
  if (points < inPoints(NARROWEST) || points > inPoints(WIDEST)) {
    throw new UsageError(
      `Cannot draw a figure ${width.value}${width.unit} wide: the width is ${NARROWEST.value}${NARROWEST.unit} to ${WIDEST.value}${WIDEST.unit}`,
    );
  }
  const format = formatOf(command);
  // Last runs are looked up by name: no key is made, so no device is needed.
  const project = await openProject(
    projectOf(shell, { store: command.store, environments: [] }),
  );
  const figure = await storedFigure(command.figure, {
    registry: await shell.registry(),
    profile: profileNamed(command.profile),
    project,
  });
  const file = await fileOf(figure, { command, format });
  const name = command.to ??
    `${command.figure.replaceAll("/", "-")}.${format}`;
  if (name === "-") {
    shell.stdout.write(file);
    return 0;
  }
  try {
    await Deno.writeFile(resolve(shell.folder, name), file);
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotCapable
      ? "permission denied; send it to the standard output with `--to -`"
      : cause instanceof Error
      ? cause.message
      : String(cause);
    throw new Error(`Cannot write "${name}": ${state}`, { cause });
  }
  shell.stdout.write(
    `Wrote ${name}: ${width.value} ${width.unit} wide, ${
      byteSize(file.length)
    }\n`,
  );
  return 0;
}

/** The format that is asked for, or that the name of the file ends in. */
function formatOf({ format, to }: FigureCommand): FigureFormat {
  const ending = extname(to ?? "").slice(1).toLowerCase();
  const named = FIGURE_FORMATS.find((one) => one === ending);
  if (format !== undefined && named !== undefined && format !== named) {
    throw new UsageError(
      `Cannot write ${format} to "${to}": the name ends in .${named}`,
    );
  }
  return format ?? named ?? "svg";
}

async function fileOf(
  figure: StoredFigure,
  { command: { width, dpi }, format }: {
    readonly command: FigureCommand;
    readonly format: FigureFormat;
  },
): Promise<Uint8Array> {
  const drawn = drawFigure(figure);
  if (drawn === null) {
    throw new Error(`Cannot draw figure "${figure.id}": it is not available`);
  }
  const svg = paperFigure(drawn, { width });
  switch (format) {
    case "svg":
      return new TextEncoder().encode(svg);
    case "pdf": {
      const { pdfOfSvg } = await import("../../reports/pdf_of_svg.ts");
      return await pdfOfSvg(svg, {
        ...{ width: inPoints(width), title: figure.title },
      });
    }
    case "png": {
      const { pngOfSvg } = await import("../../reports/png_of_svg.ts");
      const { withDensity } = await import("../../reports/png_density.ts");
      const pixels = Math.round(inPoints(width) / 72 * dpi);
      return withDensity(pngOfSvg(svg, { width: pixels }), { dpi });
    }
  }
}
