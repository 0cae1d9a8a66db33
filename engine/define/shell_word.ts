/** A word as a shell reads it: quoted where it has to be. */
export function shellWord(word: string): string {
  return /^[\w.,/:=@%+-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}
