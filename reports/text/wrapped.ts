/**
 * Text in lines.
 *
 * @module
 */

/**
 * Text in lines of no more than `width` characters, broken at spaces.
 *
 * @param lengthOf how much of the width a text takes, where that is not a character each
 */
export function wrapped(
  text: string,
  width: number,
  { lengthOf = ({ length }) => length }: {
    readonly lengthOf?: (text: string) => number;
  } = {},
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || lengthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
