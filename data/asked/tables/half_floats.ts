/**
 * Safetensors files of 16-bit floats, in which networks often keep features.
 *
 * @module
 */
import type { NamedArray } from "../../../engine/define/safetensors.ts";

/** Numbers of 16 bits as numbers, by the format's name of their type. */
const WIDENED: Readonly<Record<string, (bits: Uint16Array) => Float32Array>> = {
  F16: (bits) =>
    Float32Array.from(new Float16Array(bits.buffer, 0, bits.length)),
  // The upper half of a 32-bit float.
  BF16: (bits) =>
    new Float32Array(Uint32Array.from(bits, (half) => half * 65536).buffer),
};

/** The arrays of a safetensors file, all of 16-bit floats; undefined if it is another file. */
export function halfFloatsOf(
  bytes: Uint8Array,
): Readonly<Record<string, NamedArray>> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes.length < 8 ? NaN : 8 + Number(view.getBigUint64(0, true));
  if (!(start <= bytes.length)) return undefined;
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (typeof header !== "object" || header === null) return undefined;
  const arrays: Record<string, NamedArray> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as {
      readonly dtype?: unknown;
      readonly shape?: unknown;
      readonly data_offsets?: unknown;
    };
    const [widen, [from, to]] = [
      WIDENED[String(dtype)],
      numbersOf(offsets) ?? [],
    ];
    const sizes = numbersOf(shape);
    const n = sizes?.reduce((product, size) => product * size, 1);
    if (
      widen === undefined || sizes === undefined || from === undefined ||
      to === undefined || to - from !== 2 * (n ?? NaN) ||
      start + to > bytes.length
    ) return undefined;
    const bits = new Uint16Array(bytes.slice(start + from, start + to).buffer);
    arrays[name] = { shape: sizes, data: widen(bits) };
  }
  return arrays;
}

function numbersOf(value: unknown): readonly number[] | undefined {
  const isList = Array.isArray(value) &&
    value.every((one) => Number.isInteger(one) && one >= 0);
  return isList ? value as number[] : undefined;
}
