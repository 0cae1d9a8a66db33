/** An array in NumPy's format, version 1. */
export function npy(
  data:
    | Float32Array
    | Float64Array
    | Float16Array
    | Int32Array
    | Uint8Array,
  { shape, type = typeOf(data), fortran = false }: {
    readonly shape: readonly number[];
    readonly type?: string;
    readonly fortran?: boolean;
  },
): Uint8Array<ArrayBuffer> {
  const header =
    `{'descr': '${type}', 'fortran_order': ${
      fortran ? "True" : "False"
    }, 'shape': (${shape.join(", ")},), }`.padEnd(117) + "\n";
  const bytes = new Uint8Array(128 + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, 118, 0]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 128);
  return bytes;
}

function typeOf(data: Parameters<typeof npy>[0]): string {
  if (data instanceof Uint8Array) return "|u1";
  return data instanceof Int32Array ? "<i4" : `<f${data.BYTES_PER_ELEMENT}`;
}
