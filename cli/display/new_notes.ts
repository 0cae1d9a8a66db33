/**
 * A test that holds once for each text: many stages may have the same thing to
 * say, and it is said once.
 */
export function newNotes(): (note: string | undefined) => note is string {
  const seen = new Set<string>();
  return (note): note is string => {
    if (note === undefined || seen.has(note)) return false;
    seen.add(note);
    return true;
  };
}
