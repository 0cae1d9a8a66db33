/**
 * Named arrays in the safetensors format, so that weights and images can be
 * read by other tools.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @module
 */
import type { Codec } from "./codec.ts";

/** An array with its shape, in row-major order. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int32Array | Float32Array | Float64Array;
}

/** Named arrays, with text about them. */
export interface ArrayFile {
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const TYPES = {
  U8: Uint8Array,
  I32: Int32Array,
  F32: Float32Array,
  F64: Float64Array,
} as const;

type TypeName = keyof typeof TYPES;

interface Entry {
  readonly dtype: TypeName;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function typeName(data: NamedArray["data"]): TypeName {
  for (const [name, type] of Object.entries(TYPES)) {
    if (data instanceof type) return name as TypeName;
  }
  throw new TypeError("Cannot encode an array: its element type is unknown");
}

/**
 * Codec of named arrays. Names are sorted and every array starts at a multiple
 * of eight bytes of the file, so that decoding copies nothing.
 *
 * @throws {TypeError} on decoding bytes that are not a safetensors file, or on
 * encoding an array whose shape does not fit its length
 */
export const safetensors: Codec<ArrayFile> = {
  name: "safetensors",

  encode({ arrays, metadata }) {
    // Wider elements first: then every offset is a multiple of its element size.
    const names = Object.keys(arrays).sort((a, b) => {
      const [x, y] = [arrays[a] as NamedArray, arrays[b] as NamedArray];
      const width = y.data.BYTES_PER_ELEMENT - x.data.BYTES_PER_ELEMENT;
      return width !== 0 ? width : a < b ? -1 : 1;
    });
    const header: Record<string, unknown> = {};
    if (Object.keys(metadata).length > 0) {
      header["__metadata__"] = Object.fromEntries(
        Object.entries(metadata).sort(([a], [b]) => a < b ? -1 : 1),
      );
    }
    let end = 0;
    for (const name of names) {
      const { shape, data } = arrays[name] as NamedArray;
      const size = shape.reduce((product, length) => product * length, 1);
      if (size !== data.length) {
        throw new TypeError(
          `Cannot encode array "${name}": shape [${shape}] holds ${size} elements, not ${data.length}`,
        );
      }
      const start = end;
      end += data.byteLength;
      header[name] = {
        dtype: typeName(data),
        shape,
        data_offsets: [start, end],
      };
    }
    let text = JSON.stringify(header);
    text += " ".repeat((8 - new TextEncoder().encode(text).length % 8) % 8);
    const head = new TextEncoder().encode(text);
    const bytes = new Uint8Array(8 + head.length + end);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
    bytes.set(head, 8);
    let offset = 8 + head.length;
    for (const name of names) {
      const { data } = arrays[name] as NamedArray;
      const view = new Uint8Array(
        data.buffer,
        data.byteOffset,
        data.byteLength,
      );
      bytes.set(view, offset);
      offset += view.length;
    }
    return bytes;
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
    if (length < 0 || 8 + length > bytes.length) {
      throw new TypeError("Cannot decode safetensors: the header is cut off");
    }
    const header: Record<string, Entry> & {
      __metadata__?: Record<string, string>;
    } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const { __metadata__: metadata = {}, ...entries } = header;
    const arrays: Record<string, NamedArray> = {};
    for (
      const [name, { dtype, shape, data_offsets }] of Object.entries(entries)
    ) {
      const type = TYPES[dtype];
      const start = bytes.byteOffset + 8 + length + data_offsets[0];
      const size = data_offsets[1] - data_offsets[0];
      if (
        type === undefined || start + size > bytes.byteOffset + bytes.length
      ) {
        throw new TypeError(
          `Cannot decode safetensors: array "${name}" is ${dtype} of ${size} bytes`,
        );
      }
      // A slice of a larger buffer may start anywhere; then, and only then, copy.
      const data = start % type.BYTES_PER_ELEMENT === 0
        ? new type(
          bytes.buffer as ArrayBuffer,
          start,
          size / type.BYTES_PER_ELEMENT,
        )
        : new type(
          bytes.slice(start - bytes.byteOffset, start - bytes.byteOffset + size)
            .buffer,
        );
      arrays[name] = { shape, data };
    }
    return { arrays, metadata };
  },
};
