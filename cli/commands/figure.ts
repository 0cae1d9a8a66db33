/**
 * `figure`: one figure of the results in the store, as a file for a paper.
 *
 * @module
 */
import { extname, resolve } from "node:path";
import { someOf } from "../../engine/define/listed.ts";
import { drawFigure } from "../../reports/figures/draw_figure.ts";
import {
  inPoints,
  type Length,
  NARROWEST,
  printFigure,
  WIDEST,
} from "../../reports/figures/drawing/print_figure.ts";
import { byteSize } from "../../reports/value/wording.ts";
import { PROFILE, STORE } from "../arguments/options.ts";
import { writeTexts } from "../display/line.ts";
import { projectToRead } from "../named/projects.ts";
import { placesOfWhole, writeNamedFile } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { type StoredFigure, storedFigure } from "../named/stored_figure.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { oneOf, place, text, whole } from "../arguments/value_kinds.ts";
import {
  type Asked,
  unusable,
  type ValueKind,
  type Words,
} from "../arguments/words.ts";

/** So many letters that a font lacks are named. */
const MOST_LETTERS = 12;

/** What a figure can be written as. */
const FORMATS = ["svg", "pdf", "png"] as const;

type Format = typeof FORMATS[number];

const UNITS = ["cm", "mm", "in", "pt"] as const;

const WIDTH: ValueKind<Length> = {
  metavar: "WIDTH",
  read(given, option) {
    const [, number, unit] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/.exec(given) ??
      [];
    const known = UNITS.find((one) => one === unit);
    if (known !== undefined) return { value: Number(number), unit: known };
    throw unusable(
      option,
      `"${given}" is not a length such as 8.5cm, 85mm, 3.35in or 241pt`,
    );
  },
};

/** The options of `figure`, and the words beside them. */
export const words = {
  figure: {
    positional: true,
    value: text("PIPELINE/FIGURE"),
    needed:
      "Cannot export a figure: no figure given; name one as PIPELINE/FIGURE",
    help:
      "The figure, named by its pipeline and its own id, as in its address on the site.",
  },
  format: {
    value: oneOf("FORMAT", FORMATS),
    help: "svg, pdf or png (default: as the name of the file ends, or svg).",
  },
  width: {
    value: WIDTH,
    default: { value: 8.5, unit: "cm" },
    help: "Width of the figure (default: 8.5cm).",
  },
  dpi: {
    value: whole("DPI", { min: 36, max: 2400 }),
    default: 300,
    help: "Pixels per inch of a png (default: 300).",
  },
  to: {
    value: place("FILE", { access: ["write", "read"], paths: placesOfWhole }),
    help: "The file; - is standard output (default: PIPELINE-FIGURE.FORMAT).",
  },
  profile: PROFILE,
  store: STORE,
} as const satisfies Words;

/** What a line asks of `figure`. */
type FigureCommand = Asked<typeof words>;

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
  await refuseOther(command, shell);
  // Last runs are looked up by name: no key is made, so no device is needed.
  const project = await projectToRead(shell, { store: command.store });
  const figure = await storedFigure(command.figure, {
    registry: await shell.registry(),
    profile: command.profile,
    project,
    storeName: command.store,
  });
  const file = await fileOf(figure, { command, format, shell });
  const name = command.to ??
    `${command.figure.replaceAll("/", "-")}.${format}`;
  if (name === "-") {
    shell.stdout.write(file);
    return 0;
  }
  await writeNamedFile(name, file, { folder: shell.folder, option: "--to" });
  writeTexts([
    `Wrote ${name}: ${width.value} ${width.unit} wide, ${
      byteSize(file.length)
    }`,
  ], shell.stdout);
  return 0;
}

/**
 * The format that is asked for, or that the name of the file ends in.
 *
 * @throws {UsageError} if the two differ, or neither is one
 */
function formatOf({ format, to }: FigureCommand): Format {
  const named = formatIn(to);
  if (format !== undefined && named !== undefined && format !== named) {
    throw new UsageError(
      `Cannot write ${format} to "${to}": the name ends in .${named}`,
    );
  }
  const found = format ?? named;
  if (found !== undefined) return found;
  if (to === undefined || to === "-") return "svg";
  throw new UsageError(
    `Cannot tell the format of "${to}": a figure is a .svg, .pdf or .png; end the name so, or add --format`,
  );
}

/** The format that a name ends in. */
function formatIn(name = ""): Format | undefined {
  const ending = extname(name).slice(1).toLowerCase();
  return FORMATS.find((one) => one === ending);
}

/**
 * Refuses to write over what may be no figure.
 *
 * @throws {UsageError} if there is a file whose name does not end as a figure's
 */
async function refuseOther(
  { to }: FigureCommand,
  { folder }: Shell,
): Promise<void> {
  if (to === undefined || to === "-" || formatIn(to) !== undefined) return;
  const { isFile } = await Deno.stat(resolve(folder, to))
    .catch(() => ({ isFile: false }));
  if (!isFile) return;
  throw new UsageError(
    `Cannot write "${to}": there is a file already, and its name is not that of a figure; name another with --to`,
  );
}

async function fileOf(
  figure: StoredFigure,
  { command: { width, dpi }, format, shell }: {
    readonly command: FigureCommand;
    readonly format: Format;
    readonly shell: Shell;
  },
): Promise<Uint8Array> {
  const drawn = drawFigure(figure);
  if (drawn === null) {
    throw new Error(`Cannot draw figure "${figure.id}": it is not available`);
  }
  const svg = printFigure(drawn, { width });
  if (format !== "svg") await warnOfLetters(svg, { format, shell });
  switch (format) {
    case "svg":
      return new TextEncoder().encode(svg);
    case "pdf": {
      const { pdfOfSvg } = await import(
        "../../reports/figures/formats/pdf_of_svg.ts"
      );
      return await pdfOfSvg(svg, {
        width: inPoints(width),
        title: figure.title,
      });
    }
    case "png": {
      const { pngOfSvg, withDensity } = await import(
        "../../reports/figures/formats/png_of_svg.ts"
      );
      const pixels = Math.round(inPoints(width) / 72 * dpi);
      try {
        return withDensity(pngOfSvg(svg, { width: pixels }), { dpi });
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new UsageError(`${error.message}; lower --dpi or --width`);
      }
    }
  }
}

/** Says which letters the font of a format lacks. */
async function warnOfLetters(
  svg: string,
  { format, shell }: { readonly format: Format; readonly shell: Shell },
): Promise<void> {
  const { missingLetters } = await import(
    "../../reports/figures/formats/missing_letters.ts"
  );
  const letters = missingLetters(svg);
  if (letters.length === 0) return;
  writeTexts([
    `Warning: the font of a ${format} has no ${
      someOf(letters, MOST_LETTERS)
    }, and draws boxes; --format svg keeps them`,
  ], shell.stderr);
}
