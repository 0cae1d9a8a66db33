/**
 * Draws a layered graph together: what is joined comes to stand below each
 * other as well as the order of each row allows.
 *
 * @module
 */

/** A box, or the place where a way crosses a row. */
export interface RowItem {
  /** Its middle across. */
  x: number;
  readonly y: number;
  /** What it takes of its row, air included. */
  readonly room: number;
  /** What it is joined with in other rows. */
  readonly joined: RowItem[];
}

/** How often every row follows the others: more changes less than a pixel. */
const ROUNDS = 60;

/** Moves items along their rows, in place; none passes another. */
export function drawTogether(items: readonly RowItem[]): void {
  const rows = [...Map.groupBy(items, ({ y }) => Math.round(y)).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row.toSorted((a, b) => a.x - b.x));
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) settle(row);
  }
}

/** A run of items of a row that stand as close as they may. */
interface Block {
  /** Sum of what its items wish for the first of the row. */
  sum: number;
  readonly items: RowItem[];
}

/** Each item as near to the mean of what it is joined with as its neighbours let it, by least squares. */
function settle(row: readonly RowItem[]): void {
  const offsets = new Map<RowItem, number>();
  let offset = 0;
  for (const [i, item] of row.entries()) {
    if (i > 0) offset += ((row[i - 1]?.room ?? 0) + item.room) / 2;
    offsets.set(item, offset);
  }
  const blocks: Block[] = [];
  for (const item of row) {
    const wish = meanOf(item.joined) ?? item.x;
    blocks.push({ sum: wish - (offsets.get(item) ?? 0), items: [item] });
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (
        before === undefined || last === undefined ||
        before.sum / before.items.length < last.sum / last.items.length
      ) break;
      blocks.splice(-2, 2, {
        sum: before.sum + last.sum,
        items: [...before.items, ...last.items],
      });
    }
  }
  for (const { sum, items } of blocks) {
    for (const item of items) {
      item.x = sum / items.length + (offsets.get(item) ?? 0);
    }
  }
}

function meanOf(items: readonly RowItem[]): number | undefined {
  return items.length === 0
    ? undefined
    : items.reduce((sum, { x }) => sum + x, 0) / items.length;
}
