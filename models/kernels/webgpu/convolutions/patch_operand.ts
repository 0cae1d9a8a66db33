/**
 * Patches of images as factors of a product: what makes a convolution and its
 * gradients products. Blocks are loaded, never stored.
 *
 * @module
 */
import type { ConvolutionSizes } from "./convolution_sizes.ts";
import { type Operand, turned } from "../products/operand.ts";
import { range } from "../passes/work_groups.ts";

const PARTS = range(4);

/** x as a vector of four channels at a pixel, zero outside of the image. */
function pixel(
  sizes: ConvolutionSizes,
  { array, image, row, column, channel4, inside }: {
    readonly array: string;
    /** WGSL expressions: of u32, i32, i32, u32 and bool. */
    readonly image: string;
    readonly row: string;
    readonly column: string;
    readonly channel4: string;
    readonly inside: string;
  },
): string {
  const { height, width, channels } = sizes;
  return `select(vec4f(), ${array}[((${image} * ${height}u + u32(clamp(${row}, 0, ${
    height - 1
  }))) * ${width}u + u32(clamp(${column}, 0, ${width - 1}))) * ${
    channels / 4
  }u + ${channel4}], ${inside} && ${row} >= 0 && ${row} < ${height} && ${column} >= 0 && ${column} < ${width})`;
}

/** Where the patch of an output pixel begins: declares `nameImage…`, `nameTop…`, `nameLeft…`. */
function corner(
  sizes: ConvolutionSizes,
  { name, at }: { readonly name: string; readonly at: string },
): string {
  const { outHeight, outWidth } = sizes;
  return `let ${name}Image = ${at} / ${outHeight * outWidth}u;
      let ${name}Top = i32(${at} / ${outWidth}u % ${outHeight}u * ${sizes.strideHeight}u) - ${sizes.top};
      let ${name}Left = i32(${at} % ${outWidth}u * ${sizes.strideWidth}u) - ${sizes.left};`;
}

/** Which tap of the filter, and which channels: declares `nameDown`, `nameRight`, `nameChannel4`. */
function tap(
  sizes: ConvolutionSizes,
  { name, at4 }: { readonly name: string; readonly at4: string },
): string {
  const { channels, filterWidth } = sizes;
  const fours = channels / 4;
  return `let ${name}Tap = ${at4} / ${fours}u;
      let ${name}Down = i32(${name}Tap / ${filterWidth}u) * ${sizes.dilationHeight};
      let ${name}Right = i32(${name}Tap % ${filterWidth}u) * ${sizes.dilationWidth};
      let ${name}Channel4 = ${at4} % ${fours}u;`;
}

/** Output pixels, and how deep their patches are. */
function extentOf(sizes: ConvolutionSizes): {
  readonly pixels: number;
  readonly depth: number;
} {
  const { images, outHeight, outWidth, channels } = sizes;
  return {
    pixels: images * outHeight * outWidth,
    depth: sizes.filterHeight * sizes.filterWidth * channels,
  };
}

/** Patches [pixel, tap and channel] of x, whose channels divide into fours: output pixels across. */
export function patchBlocks(array: string, sizes: ConvolutionSizes): Operand {
  const { pixels, depth } = extentOf(sizes);
  return {
    element: "vec4f",
    along: "depth",
    prepare: ({ name, across4 }) =>
      PARTS.map((r) =>
        `let ${name}Pixel${r} = min(${across4} * 4u + ${r}u, ${pixels - 1}u);
  ${corner(sizes, { name: `${name}${r}`, at: `${name}Pixel${r}` })}`
      ).join("\n  "),
    load: ({ name, depth: depth4 }) =>
      [
        `let ${name}Inside = ${depth4} < ${depth / 4}u;`,
        tap(sizes, { name, at4: `min(${depth4}, ${depth / 4 - 1}u)` }),
        ...PARTS.flatMap((r) => [
          `let ${name}Y${r} = ${name}${r}Top + ${name}Down;`,
          `let ${name}X${r} = ${name}${r}Left + ${name}Right;`,
          `let ${name}Row${r} = ${
            pixel(sizes, {
              array,
              image: `${name}${r}Image`,
              row: `${name}Y${r}`,
              column: `${name}X${r}`,
              channel4: `${name}Channel4`,
              inside: `${name}Inside`,
            })
          };`,
        ]),
        turned(name),
      ].join("\n      "),
  };
}

/** The patches of a convolution, turned: taps and channels across, output pixels in depth. */
export function turnedPatchBlocks(
  array: string,
  sizes: ConvolutionSizes,
): Operand {
  const { pixels, depth } = extentOf(sizes);
  return {
    element: "vec4f",
    along: "across",
    prepare: ({ name, across4 }) =>
      tap(sizes, { name, at4: `min(${across4}, ${depth / 4 - 1}u)` }),
    load: ({ name, depth: depth4 }) =>
      PARTS.flatMap((j) => [
        `let ${name}At${j} = ${depth4} * 4u + ${j}u;`,
        corner(sizes, {
          name: `${name}${j}`,
          at: `min(${name}At${j}, ${pixels - 1}u)`,
        }),
        `let ${name}Y${j} = ${name}${j}Top + ${name}Down;`,
        `let ${name}X${j} = ${name}${j}Left + ${name}Right;`,
        `let ${name}${j} = ${
          pixel(sizes, {
            array,
            image: `${name}${j}Image`,
            row: `${name}Y${j}`,
            column: `${name}X${j}`,
            channel4: `${name}Channel4`,
            inside: `${name}At${j} < ${pixels}u`,
          })
        };`,
      ]).join("\n      "),
  };
}

/**
 * A filter [kh, kw, across, channel] turned round: upside down, mirrored, its
 * first channels across, taps and last channels in depth.
 */
export function turnedFilterBlocks(
  array: string,
  { across, sizes }: {
    readonly across: number;
    /** Sizes of the convolution with the turned filter. */
    readonly sizes: ConvolutionSizes;
  },
): Operand {
  const { channels, filterHeight, filterWidth } = sizes;
  const fours = channels / 4;
  const last = filterHeight * filterWidth - 1;
  const depth4s = fours * (last + 1);
  return {
    element: "vec4f",
    along: "depth",
    prepare: () => "",
    load: ({ name, across4, depth: depth4 }) =>
      [
        `let ${name}At = min(${depth4}, ${depth4s - 1}u);`,
        `let ${name}Tap = ${last}u - ${name}At / ${fours}u;`,
        ...PARTS.map((r) =>
          `let ${name}Row${r} = select(vec4f(), ${array}[(${name}Tap * ${across}u + min(${across4} * 4u + ${r}u, ${
            across - 1
          }u)) * ${fours}u + ${name}At % ${fours}u], ${depth4} < ${depth4s}u);`
        ),
        turned(name),
      ].join("\n      "),
  };
}
