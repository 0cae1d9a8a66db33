/**
 * What is in the bytes of an artifact, in lines that a person can read.
 *
 * @module
 */
import {
  type NamedArray,
  safetensors,
} from "../../engine/define/safetensors.ts";
import { pngSize } from "../../reports/value/picture.ts";
import { tableLines } from "../display/line.ts";

/** The content of an artifact: JSON as values, arrays as statistics, a picture as its size. */
export function artifactLines(
  bytes: Uint8Array,
  { columns }: { readonly columns: number },
): readonly string[] {
  return jsonLines(bytes, columns) ?? arrayLines(bytes) ?? pngLines(bytes) ??
    [`${bytes.length} bytes in a format that cannot be shown`];
}

function jsonLines(
  bytes: Uint8Array,
  columns: number,
): readonly string[] | undefined {
  // Of the three formats only JSON can start with one of these.
  if (!'{["0123456789-tfn'.includes(String.fromCharCode(bytes[0] ?? 0))) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  return Deno.inspect(value, {
    depth: 10,
    iterableLimit: 50,
    strAbbreviateSize: 1000,
    breakLength: columns,
    trailingComma: false,
  }).split("\n");
}

function arrayLines(bytes: Uint8Array): readonly string[] | undefined {
  let file: ReturnType<typeof safetensors.decode>;
  try {
    file = safetensors.decode(bytes);
  } catch {
    return undefined;
  }
  const { arrays, metadata } = file;
  const rows = Object.entries(arrays)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, array]) => [
      name,
      `${typeOf(array)} [${array.shape.join(", ")}]`,
      statisticsOf(array),
    ]);
  return [
    ...tableLines(rows),
    ...Object.entries(metadata).map(([name, text]) => `${name}: ${text}`),
  ];
}

function typeOf({ data }: NamedArray): string {
  return data.constructor.name.replace("Array", "").toLowerCase();
}

/** `min −1.2 mean 0.01 max 1.3 sd 0.4`; numbers that are not finite are counted apart. */
function statisticsOf({ data }: NamedArray): string {
  let [n, min, max, mean, squares] = [0, Infinity, -Infinity, 0, 0];
  // Welford's update: one pass, and no cancellation.
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    n++;
    if (value < min) min = value;
    if (value > max) max = value;
    const step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
  }
  const lost = data.length - n;
  const parts = [
    ...n === 0 ? [] : [
      `min ${short(min)}  mean ${short(mean)}  max ${short(max)}  sd ${
        short(Math.sqrt(squares / n))
      }`,
    ],
    ...lost === 0 ? [] : [`${lost} not finite`],
  ];
  return parts.join("  ") || "empty";
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** Format and size of a PNG. */
function pngLines(bytes: Uint8Array): readonly string[] | undefined {
  const isPng = new TextDecoder().decode(bytes.subarray(1, 4)) === "PNG";
  const size = isPng ? pngSize(bytes) : undefined;
  return size && [`PNG image, ${size.width} × ${size.height} pixels`];
}
