/**
 * Whether what a cell says is that nothing is known: empty, or what programs
 * write for it. The word "none" may be a class.
 */
export function isMissing(text: string): boolean {
  return /^(?:|<na>|nan|null|n\/?a)$/i.test(text);
}
