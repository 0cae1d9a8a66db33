/**
 * Named arrays in the safetensors format, so that weights and images can be
 * read by other tools.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @module
 */
import { z } from "zod";
import type { Codec } from "./codec.ts";
import { define } from "./definition.ts";

/** An array with its shape, in row-major order. */
export interface NamedArray {
  /** Length of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** The elements, as many as the product of the shape. */
  readonly data: Uint8Array | Int32Array | Float32Array | Float64Array;
}

/** Named arrays, with text about them. */
export interface ArrayFile {
  /** The arrays by name. */
  readonly arrays: Readonly<Record<string, NamedArray>>;
  /** Texts by name; may be empty. */
  readonly metadata: Readonly<Record<string, string>>;
}

const TYPES = {
  U8: Uint8Array,
  I32: Int32Array,
  F32: Float32Array,
  F64: Float64Array,
} as const;

type TypeName = keyof typeof TYPES;

/** Names that cannot be those of arrays; the second is one that no record keeps. */
const RESERVED = new Set(["__metadata__", "__proto__"]);

const count = z.int().nonnegative();

const headerSchema = z.object({
  __metadata__: z.record(z.string(), z.string()).default({}),
}).catchall(z.object({
  dtype: z.enum(Object.keys(TYPES) as TypeName[]),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
}));

function typeName(data: NamedArray["data"]): TypeName {
  for (const [name, type] of Object.entries(TYPES)) {
    if (data instanceof type) return name as TypeName;
  }
  throw new TypeError("Cannot encode an array: its element type is unknown");
}

/**
 * Codec of named arrays. Those of wider elements come first, and else they are in
 * order of name: each starts at a multiple of its element size, so that decoding
 * a whole file copies nothing.
 *
 * @throws {TypeError} on decoding bytes that are not a safetensors file, or on
 * encoding an array whose shape does not fit its length
 */
export const safetensors: Codec<ArrayFile> = define(
  import.meta.url,
  "safetensors",
  { name: "safetensors", encode, decode },
);

function encode({ arrays, metadata }: ArrayFile): Uint8Array {
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
    if (RESERVED.has(name)) {
      throw new TypeError(
        `Cannot encode array "${name}": the format uses that name itself`,
      );
    }
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
}

function decode(bytes: Uint8Array): ArrayFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (length < 0 || 8 + length > bytes.length) {
    throw new TypeError("Cannot decode safetensors: the header is cut off");
  }
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const { __metadata__: metadata, ...entries } = parseHeader(text);
  const arrays: Record<string, NamedArray> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: [from, to] } = entry;
    const type = TYPES[dtype];
    const start = bytes.byteOffset + 8 + length + from;
    const size = to - from;
    const n = shape.reduce((product, length) => product * length, 1);
    if (
      n * type.BYTES_PER_ELEMENT !== size ||
      start + size > bytes.byteOffset + bytes.length
    ) {
      throw new TypeError(
        `Cannot decode safetensors: array "${name}" is ${dtype} [${shape}], but has ${size} bytes at ${from} of ${
          bytes.length - 8 - length
        }`,
      );
    }
    // A slice of a larger buffer may start anywhere; then, and only then, copy.
    const data = start % type.BYTES_PER_ELEMENT === 0
      ? new type(bytes.buffer as ArrayBuffer, start, n)
      : new type(
        bytes.slice(start - bytes.byteOffset, start - bytes.byteOffset + size)
          .buffer,
      );
    arrays[name] = { shape, data };
  }
  return { arrays, metadata };
}

function parseHeader(text: string): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new TypeError("Cannot decode safetensors: its header is malformed", {
      cause,
    });
  }
}
