/**
 * The stage that reads a table. What it finds wrong with the files is said as
 * what is wrong with images is, in lines of their own: not as a stage that
 * failed. It reads for all that follows, so that a large table is read once.
 *
 * @module
 */
import type { Shown } from "../display/display.ts";

/** Name of that stage. */
const READING = "readTable";

/** Files of more bytes take seconds to read: what runs is shown meanwhile. */
const MOST_HELD = 20_000_000;

/** Follows a run until its table is read. */
export interface ReadingStage {
  /** Takes an event, and passes it on when it may be shown. */
  show(event: Shown): void;
  /** Shows what was held back, if that is still to come: the run has ended. */
  end(): void;
  /** Whether the table is read and can be used. */
  isRead(): boolean;
  /** What is wrong with the table, a line each; undefined while nothing is known to be. */
  refusal(): readonly string[] | undefined;
}

/**
 * @param show shows an event
 * @param options.bytes size of the files: of a run over small ones nothing is
 * shown before they are known to be usable
 */
export function readingStage(
  show: (event: Shown) => void,
  { bytes }: { readonly bytes: number },
): ReadingStage {
  const held: Shown[] = [];
  let isRead = false;
  let lines: readonly string[] | undefined;
  const end = () => {
    for (const event of held.splice(0)) show(event);
  };
  return {
    end,
    isRead: () => isRead,
    refusal: () => lines,
    show(event) {
      if (lines !== undefined) return;
      if ("stage" in event && event.stage === READING) {
        isRead ||= event.kind === "stage-finished" ||
          event.kind === "stage-cached";
        if (event.kind === "stage-failed") lines = linesOf(event.error);
        if (lines !== undefined) return void held.splice(0);
      }
      if (isRead) end();
      const isHeld = !isRead && bytes <= MOST_HELD && !isOfOthers(event);
      if (isHeld) held.push(event);
      else show(event);
    },
  };
}

/** Whether it tells of other commands and machines, which may take their time. */
function isOfOthers({ kind }: Shown): boolean {
  return kind === "waiting-for-store" || kind === "remote";
}

/** What is wrong with files, if that is what a stage failed of. */
function linesOf({ cause }: Error): readonly string[] | undefined {
  if (!(cause instanceof Error)) return undefined;
  // A name in a table may have a line break.
  const lines = cause.message.split(/\n(?=Cannot |… and \d)/);
  return /^Cannot (?:read|use) /.test(cause.message) ? lines : undefined;
}
