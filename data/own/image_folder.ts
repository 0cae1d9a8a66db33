/**
 * Somebody's own images: a folder of PNG and JPEG files with a folder for each
 * class, as small square images.
 *
 * @module
 */
import { join } from "node:path";
import type { Drawing, Raster } from "../drawings/drawing.ts";
import type { Images } from "../images/images.ts";
import type { Rasteriser } from "../drawings/rasteriser.ts";

/**
 * Samples along the side of a pixel: a picture is drawn so much larger, without
 * smoothing, and then averaged. One that has the right size stays as it is.
 */
const SAMPLES = 8;

/** Files that are read before any of them is drawn. */
const AT_ONCE = 32;

/** How to read a folder. */
export interface ReadImageFolderOptions {
  /** Side of the images in pixels. What is not square is cut to its middle. */
  readonly side: number;
  readonly rasteriser: Rasteriser;
}

/**
 * The images below `folder/CLASS/`, classes and files by name. Files whose
 * names start with a point are passed over, nothing else is. What is
 * transparent becomes white; a rotation that a camera noted is not applied.
 *
 * @throws {Error} if there are no classes, a class has no image, or a file is no image
 */
export async function readImageFolder(
  folder: string,
  { side, rasteriser }: ReadImageFolderOptions,
): Promise<Images> {
  const classes = await namesIn(folder, "folder");
  if (classes.length === 0) {
    throw new Error(
      `Cannot read images from "${folder}": it holds no folders, and there must be one for each class`,
    );
  }
  if (classes.length > 256) {
    throw new Error(
      `Cannot read images from "${folder}": it holds ${classes.length} folders, and 256 classes are the most`,
    );
  }
  const files: { readonly label: number; readonly path: string }[] = [];
  for (const [label, name] of classes.entries()) {
    const names = await namesIn(join(folder, name), "file");
    if (names.length === 0) {
      throw new Error(
        `Cannot read images from "${join(folder, name)}": it holds no files`,
      );
    }
    for (const file of names) {
      files.push({ label, path: join(folder, name, file) });
    }
  }
  const size = side * side * 3;
  const images = new Uint8Array(files.length * size);
  for (let i = 0; i < files.length; i += AT_ONCE) {
    const some = files.slice(i, i + AT_ONCE);
    const drawn = await rasteriser.draw(
      await Promise.all(some.map(({ path }) => drawingOf(path, side))),
    );
    for (const [k, one] of drawn.entries()) {
      // A file that cannot be decoded leaves nothing, not even a background.
      const isThere = one.kind === "drawn" &&
        one.raster.pixels.some((value) => value > 0);
      if (!isThere) {
        throw new Error(
          `Cannot read image "${one.name}": ${
            one.kind === "skipped"
              ? one.reason
              : "it is damaged, or wholly transparent"
          }`,
        );
      }
      images.set(averaged(one.raster, side), (i + k) * size);
    }
  }
  return {
    images,
    labels: Uint8Array.from(files, ({ label }) => label),
    shape: [side, side, 3],
    classes,
  };
}

/** What is in a folder, sorted by name. */
async function namesIn(
  folder: string,
  kind: "file" | "folder",
): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (!name.startsWith(".") && isDirectory === (kind === "folder")) {
        names.push(name);
      }
    }
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotFound
      ? "there is no such folder"
      : cause instanceof Error
      ? cause.message
      : String(cause);
    throw new Error(`Cannot read images from "${folder}": ${state}`, { cause });
  }
  return names.sort();
}

/** The middle of a picture, as large as it goes. */
async function drawingOf(path: string, side: number): Promise<Drawing> {
  const bytes = await Deno.readFile(path);
  const type = typeOf(bytes);
  if (type === undefined) {
    throw new Error(
      `Cannot read image "${path}": it is neither a PNG nor a JPEG file`,
    );
  }
  return {
    name: path,
    content:
      `<image width="1" height="1" preserveAspectRatio="xMidYMid slice" image-rendering="optimizeSpeed" href="data:${type};base64,${bytes.toBase64()}"/>`,
    view: [0, 0, 1, 1],
    side: side * SAMPLES,
  };
}

function typeOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0x89 && b === 0x50 && c === 0x4e) return "image/png";
  return a === 0xff && b === 0xd8 && c === 0xff ? "image/jpeg" : undefined;
}

/** Means over squares of samples, on white: [side, side, 3]. */
function averaged({ side: width, pixels }: Raster, side: number): Uint8Array {
  const result = new Uint8Array(side * side * 3);
  const n = width / side;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let v = 0; v < n; v++) {
          for (let u = 0; u < n; u++) {
            const at = 4 * ((y * n + v) * width + x * n + u);
            // Colours come multiplied by alpha.
            sum += (pixels[at + channel] ?? 0) + 255 - (pixels[at + 3] ?? 0);
          }
        }
        result[(y * side + x) * 3 + channel] = Math.round(sum / (n * n));
      }
    }
  }
  return result;
}
