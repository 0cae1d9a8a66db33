/**
 * The text of a file that somebody has named.
 *
 * @param what what it is, for the error, e.g. `key "key.pem"`
 * @throws {Error} if it cannot be read
 */
export async function textOfFile(
  path: string,
  { what }: { readonly what: string },
): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotFound
      ? "there is no such file"
      : cause instanceof Deno.errors.PermissionDenied
      ? "permission denied"
      : cause instanceof Error && /\(os error 21\)/.test(cause.message)
      ? "it is a folder"
      : "it cannot be read";
    throw new Error(`Cannot read ${what}: ${state}`, { cause });
  }
}
