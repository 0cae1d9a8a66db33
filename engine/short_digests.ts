/** The text with every digest in it cut to twelve characters, which tell enough. */
export function withShortDigests(text: string): string {
  return text.replaceAll(
    /\b[0-9a-f]{64}\b/g,
    (digest) => digest.slice(0, 12),
  );
}
