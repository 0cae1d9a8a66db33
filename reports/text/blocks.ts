/**
 * Text that is too long to be held whole.
 *
 * @module
 */

/** About how many characters a block has. */
const BLOCK = 1 << 16;

/** Pieces of text joined to blocks that are worth a call each, made anew each time. */
export function blocks(pieces: Iterable<string>): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      let block: string[] = [];
      let length = 0;
      for (const piece of pieces) {
        block.push(piece);
        length += piece.length;
        if (length < BLOCK) continue;
        yield block.join("");
        [block, length] = [[], 0];
      }
      if (length > 0) yield block.join("");
    },
  };
}
