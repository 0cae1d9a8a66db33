/**
 * A table of what dispatches cost and what they must cost, worst first.
 *
 * @module
 */
import type { ListedDispatch } from "./listed_dispatches.ts";

/** What a card can do at most. */
export interface Roofline {
  /** Floating-point operations a second. */
  readonly operations: number;
  /** Bytes a second from memory. */
  readonly bytes: number;
  readonly processors: number;
}

/** Equal dispatches of a step, taken together. */
export interface DispatchRow {
  /** Kernel, and which of its dispatches. */
  readonly name: string;
  readonly times: number;
  readonly groups: number;
  readonly lanes: number;
  readonly operations: number;
  readonly bytes: number;
  /** Seconds that a card needs at least. */
  readonly least: number;
  /** Seconds that they took; left out where that was not measured. */
  readonly seconds?: number;
}

/** Invocations that keep a multiprocessor busy: two groups of 32 for each of four schedulers. */
const BUSY_LANES = 256;
/** Values read by one lane, one after another, from which on waiting for them is felt. */
const MANY_VALUES = 256;

/** Equal dispatches together; by what they took, or must take, the longest first. */
export function dispatchRows(
  dispatches: readonly ListedDispatch[],
  { roofline, milliseconds }: {
    readonly roofline: Roofline;
    /** Of each dispatch. */
    readonly milliseconds?: readonly number[] | undefined;
  },
): readonly DispatchRow[] {
  const rows = new Map<string, DispatchRow>();
  for (const [i, dispatch] of dispatches.entries()) {
    const { call, kernel, groups, lanes, operations, bytes } = dispatch;
    const own = dispatches.filter((one) => one.call === call);
    const name = own.length === 1
      ? kernel
      : `${kernel} ${own.indexOf(dispatch) + 1}/${own.length}`;
    const key = `${name} ${groups} ${lanes}`;
    const before = rows.get(key);
    const seconds = milliseconds === undefined
      ? {}
      : { seconds: (before?.seconds ?? 0) + (milliseconds[i] ?? NaN) / 1000 };
    rows.set(key, {
      name,
      groups,
      lanes,
      times: (before?.times ?? 0) + 1,
      operations: (before?.operations ?? 0) + operations,
      bytes: (before?.bytes ?? 0) + bytes,
      least: (before?.least ?? 0) +
        Math.max(operations / roofline.operations, bytes / roofline.bytes),
      ...seconds,
    });
  }
  const cost = ({ seconds, least }: DispatchRow) => seconds ?? least;
  return [...rows.values()].sort((a, b) => cost(b) - cost(a));
}

/** What by count alone a card is left idle by. */
export function remarkOn(
  { groups, lanes, bytes, operations, times }: DispatchRow,
  { processors }: Roofline,
): string {
  if (lanes >= processors * BUSY_LANES) return "";
  const values = bytes / times / 4 / lanes;
  return values >= MANY_VALUES
    ? `a lane for ${Math.round(values)} values`
    : operations > 0 && groups < processors
    ? `${groups} of ${processors} multiprocessors`
    : "";
}

/** The table as text. */
export function dispatchTable(
  rows: readonly DispatchRow[],
  { roofline, most }: { readonly roofline: Roofline; readonly most: number },
): string {
  const all = rows.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
  const line = (...cells: readonly string[]) =>
    cells.map((cell, i) => i === 0 ? cell.padEnd(62) : cell.padStart(9))
      .join(" ").trimEnd();
  const head = line(
    ...["dispatch", "times", "groups", "lanes", "GFLOP", "MB", "least µs"],
    ...all === 0 ? [] : ["µs", "% of step", "GFLOP/s", "GB/s", "% of roof"],
  );
  const lines = rows.slice(0, most).map((row) => {
    const { name, times, groups, lanes, operations, bytes, least } = row;
    const { seconds } = row;
    return line(
      name.length > 61 ? `${name.slice(0, 60)}…` : name,
      ...[`${times}`, `${groups}`, `${lanes}`],
      operations === 0 ? "" : (operations / 1e9).toFixed(3),
      (bytes / 1e6).toFixed(2),
      (least * 1e6).toFixed(1),
      ...seconds === undefined ? [] : [
        (seconds * 1e6).toFixed(1),
        (100 * seconds / all).toFixed(1),
        operations === 0 ? "" : (operations / seconds / 1e9).toFixed(1),
        (bytes / seconds / 1e9).toFixed(1),
        (100 * least / seconds).toFixed(2),
      ],
      `  ${remarkOn(row, roofline)}`,
    );
  });
  const left = rows.length - lines.length;
  return [head, ...lines, ...left > 0 ? [`… and ${left} more`] : []].join("\n");
}
