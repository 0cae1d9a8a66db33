/** Numbers of one array, with its sizes. */
export interface IdxArray {
  /** Size along each axis, e.g. [n, height, width]. */
  readonly shape: readonly number[];
  /** Values of the array, row-major. */
  readonly data: Uint8Array;
}

/** Code of unsigned bytes, the only type that MNIST uses. */
const BYTES = 0x08;

/**
 * Reads an array of bytes in the IDX format of MNIST: two zero bytes, the type,
 * the number of axes, the size of each as a big-endian 32-bit number, values.
 *
 * @throws {TypeError} if the file is not such an array, or is cut short
 */
export function parseIdx(file: Uint8Array): IdxArray {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const axes = file[3] ?? 0;
  const start = 4 + 4 * axes;
  if (file[0] !== 0 || file[1] !== 0 || file[2] !== BYTES || axes === 0) {
    throw new TypeError(
      "Cannot read an IDX file: it does not begin as an array of bytes does",
    );
  }
  if (file.length < start) {
    throw new TypeError(
      `Cannot read an IDX file: it ends within the sizes of its ${axes} axes`,
    );
  }
  const shape = Array.from(
    { length: axes },
    (_, axis) => view.getUint32(4 + 4 * axis),
  );
  const needed = shape.reduce((product, size) => product * size, 1);
  if (file.length - start !== needed) {
    throw new TypeError(
      `Cannot read an IDX file: an array of ${
        shape.join("×")
      } bytes needs ${needed}, not ${file.length - start}`,
    );
  }
  return { shape, data: file.subarray(start) };
}
