/**
 * Safetensors files of one's own: features, or weights of a network, of 16, 32
 * or 64-bit floats.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @module
 */

/** An array of a file. */
export interface FloatArray {
  /** Type of its elements, by the format's name: `BF16`, `I64`, … */
  readonly type: string;
  /** Length of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** The elements in row-major order, those of 16 bits widened; undefined if they are no floats. */
  readonly data: Float32Array | Float64Array | undefined;
}

/** Bytes of an element, and elements as numbers, by the format's name of their type. */
const TYPES: Readonly<
  Record<
    string,
    {
      readonly width: number;
      readonly read: (bytes: Uint8Array) => Float32Array | Float64Array;
    }
  >
> = {
  F16: {
    width: 2,
    read: (bytes) => Float32Array.from(numbersIn(bytes, Float16Array)),
  },
  BF16: {
    width: 2,
    // The upper half of a 32-bit float.
    read: (bytes) =>
      new Float32Array(
        Uint32Array.from(numbersIn(bytes, Uint16Array), (half) => half * 65536)
          .buffer,
      ),
  },
  F32: { width: 4, read: (bytes) => numbersIn(bytes, Float32Array) },
  F64: { width: 8, read: (bytes) => numbersIn(bytes, Float64Array) },
};

/** An array of numbers of some width. */
interface NumberType<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, start: number, length: number): T;
}

/** Bytes as numbers: where they lie, or a copy if no such number may begin there. Features may be hundreds of megabytes. */
export function numbersIn<T>(bytes: Uint8Array, type: NumberType<T>): T {
  const { BYTES_PER_ELEMENT: width } = type;
  const { buffer, byteOffset, length } = bytes.byteOffset % width === 0
    ? bytes
    : bytes.slice();
  return new type(buffer as ArrayBuffer, byteOffset, length / width);
}

/** The arrays of a safetensors file by name; undefined if it is another file, or not whole. */
export function floatArraysOf(
  bytes: Uint8Array,
): Readonly<Record<string, FloatArray>> | undefined {
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
  const arrays: [string, FloatArray][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as {
      readonly dtype?: unknown;
      readonly shape?: unknown;
      readonly data_offsets?: unknown;
    };
    const [sizes, [from, to]] = [numbersOf(shape), numbersOf(offsets) ?? []];
    if (
      typeof dtype !== "string" || sizes === undefined || from === undefined ||
      to === undefined || to < from || start + to > bytes.length
    ) return undefined;
    const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
    const n = sizes.reduce((product, size) => product * size, 1);
    if (type !== undefined && to - from !== type.width * n) return undefined;
    arrays.push([name, {
      type: dtype,
      shape: sizes,
      data: type?.read(bytes.subarray(start + from, start + to)),
    }]);
  }
  return Object.fromEntries(arrays);
}

function numbersOf(value: unknown): readonly number[] | undefined {
  const isList = Array.isArray(value) &&
    value.every((one) => Number.isInteger(one) && one >= 0);
  return isList ? value as number[] : undefined;
}
