/**
 * Icon sets as their packages hold them: SVG bodies by name.
 *
 * @module
 */
import type { Drawing } from "./drawing.ts";
import type { IconSet } from "./icon_sets.ts";
import { readPackageFile } from "../datasets/package_file.ts";

/** One icon of a set, as its package has it. */
interface Icon {
  readonly body: string;
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
  /** Whether the package has the icon only for those who used it: it is no longer of the set. */
  readonly hidden?: boolean;
}

/** The icons of one set by name. */
export interface IconFile {
  readonly prefix: string;
  readonly width?: number;
  readonly height?: number;
  readonly icons: Readonly<Record<string, Icon>>;
}

/** Sides of a drawing that says nothing of them. */
const DEFAULT_SIDE = 16;

/**
 * Reads an icon set from its package.
 *
 * @throws {Error} if the file is missing or altered; the message says what to run
 */
export async function readIcons(set: IconSet): Promise<IconFile> {
  const [file] = set.files;
  const bytes = await readPackageFile(file.name, { dataset: set });
  const icons: Omit<IconFile, "prefix"> = JSON.parse(
    new TextDecoder().decode(bytes),
  );
  return { ...icons, prefix: set.prefix };
}

/**
 * One icon as something to draw: the smallest square around its view, black
 * where it has no colour of its own.
 *
 * @param options.background colour under the drawing; nothing where left out
 * @throws {RangeError} if the set has no drawing of that name
 */
export function drawingOf(
  name: string,
  { from, side, background }: {
    readonly from: IconFile;
    /** Side of the picture in pixels. */
    readonly side: number;
    readonly background?: string;
  },
): Drawing {
  const icon = from.icons[name];
  if (icon === undefined) {
    throw new RangeError(
      `Cannot draw "${from.prefix}:${name}": the set has no drawing of that name`,
    );
  }
  const width = icon.width ?? from.width ?? DEFAULT_SIDE;
  const height = icon.height ?? from.height ?? DEFAULT_SIDE;
  const square = Math.max(width, height);
  return {
    name: `${from.prefix}:${name}`,
    content: `<g color="black">${icon.body}</g>`,
    view: [
      (icon.left ?? 0) - (square - width) / 2,
      (icon.top ?? 0) - (square - height) / 2,
      square,
      square,
    ],
    side,
    ...(background === undefined ? {} : { background }),
  };
}
