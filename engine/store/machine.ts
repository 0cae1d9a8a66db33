/**
 * Which machine this is, so that processes of one can be told from those of
 * another that sees the same store.
 *
 * @module
 */

let machine: string | undefined;

/** This machine: `NAME/ID`, each as far as it may be known. */
export function thisMachine(): string {
  machine ??= `${attempt(Deno.hostname)}/${
    attempt(() => Deno.readTextFileSync("/etc/machine-id").trim())
  }`;
  return machine;
}

/**
 * Whether a process is of this machine. Of two processes on it one may know less
 * of it than the other: only what both know can tell machines apart.
 */
export function isThisMachine(other: string): boolean {
  const theirs = other.split("/");
  return thisMachine().split("/").every((part, i) =>
    part === "" || !theirs[i] || part === theirs[i]
  );
}

/** What `read` gives, or nothing where Deno's permissions or the system withhold it. */
function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
