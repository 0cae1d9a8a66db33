/**
 * Arrays in NumPy's format.
 *
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @module
 */

/** An array of a file, its elements not yet read as numbers. */
export interface NpyArray<Type extends string> {
  /** Type of its elements, by NumPy's name: `|u1`, `<f4`, … */
  readonly type: Type;
  /** Size along each axis, e.g. [n, height, width]. */
  readonly shape: readonly number[];
  /** Whether the first axis varies fastest, as in Fortran, and not the last one. */
  readonly isFortran: boolean;
  /** The elements in that order. */
  readonly bytes: Uint8Array;
}

/** Which types of elements are read. */
export interface NpyTypes<Type extends string> {
  /** By NumPy's name of a type, arrays of such elements. */
  readonly types: Readonly<
    Record<Type, { readonly BYTES_PER_ELEMENT: number }>
  >;
  /** The same in words, after "its numbers are <i8, and must be". */
  readonly must: string;
}

/** Whether a file begins as those of NumPy do. */
export function isNpy(file: Uint8Array): boolean {
  // The first byte, 0x93, is a quotation mark in Windows-1252.
  return new TextDecoder("latin1").decode(file.subarray(0, 6)) === "“NUMPY";
}

/** The array of a file, or a line that says why there is none. */
export function parseNpy<Type extends string>(
  file: Uint8Array,
  { types, must }: NpyTypes<Type>,
): NpyArray<Type> | string {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (!isNpy(file)) return "it is no .npy file";
  if (file.length < 12) return "it is cut off";
  // Version 1 has 16 bits for the length of its header, later ones 32.
  const isFirst = file[6] === 1;
  const start = isFirst ? 10 : 12;
  const end = start +
    (isFirst ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > file.length) return "it is cut off";
  const header = new TextDecoder("latin1").decode(file.subarray(start, end));
  const [, type = "none"] = /'descr':\s*'([^']*)'/.exec(header) ?? [];
  // Python 2 wrote sizes as 600L.
  const shape = /'shape':\s*\(([\dL,\s]*)\)/.exec(header)?.[1]
    ?.match(/\d+/g)?.map(Number) ?? [];
  if (!isOneOf(type, types)) {
    return `its numbers are ${type}, and must be ${must}`;
  }
  const isFortran = /'fortran_order':\s*True/.test(header);
  const needed = shape.reduce(
    (n, size) => n * size,
    types[type].BYTES_PER_ELEMENT,
  );
  const bytes = file.subarray(end);
  return bytes.length === needed
    ? { type, shape, isFortran, bytes }
    : `its header says ${
      shape.join(" × ")
    } numbers, which are ${needed} bytes, and ${bytes.length} follow`;
}

function isOneOf<Type extends string>(
  type: string,
  types: NpyTypes<Type>["types"],
): type is Type {
  return Object.hasOwn(types, type);
}
