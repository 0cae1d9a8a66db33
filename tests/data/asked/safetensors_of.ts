/** Safetensors files that other programs write, of types that ours never have. */

/** An array as a file has it. */
export interface RawArray {
  readonly type: string;
  readonly shape: readonly number[];
  /** Its elements, as they are in memory. */
  readonly data: ArrayBufferView<ArrayBuffer>;
}

/** A file of some arrays, as it is; nothing is checked. */
export function safetensorsOf(
  arrays: Readonly<Record<string, RawArray>>,
): Uint8Array {
  let end = 0;
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(
    Object.entries(arrays).map(([name, { type, shape, data }]) => [name, {
      dtype: type,
      shape,
      data_offsets: [end, end += data.byteLength],
    }]),
  )));
  const bytes = new Uint8Array(8 + header.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const { data } of Object.values(arrays)) {
    bytes.set(new Uint8Array(data.buffer, 0, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Numbers as `F16`, and as `BF16`, which drops the lower half of each. */
export function f16(values: readonly number[]): Uint16Array<ArrayBuffer> {
  return new Uint16Array(Float16Array.from(values).buffer);
}

export function bf16(values: readonly number[]): Uint16Array<ArrayBuffer> {
  const wide = new Uint32Array(Float32Array.from(values).buffer);
  return Uint16Array.from(wide, (bits) => bits >>> 16);
}
