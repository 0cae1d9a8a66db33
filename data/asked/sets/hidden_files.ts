/**
 * What other programs put beside images, in folders and into archives.
 *
 * @module
 */

/** Hidden files, thumbnails, icons of folders, and what macOS keeps of a file beside it (`._0001.jpg`). */
const HIDDEN = /^(?:\..*|@eaDir|__MACOSX|Icon\r)$/;

/**
 * Whether a file is passed over: it is hidden, or a folder on the way to it is.
 *
 * @param path with `/`; `.` and `..` in it hide nothing
 */
export function isHidden(path: string): boolean {
  return path.split("/").some((part) =>
    part !== "." && part !== ".." && HIDDEN.test(part)
  );
}
