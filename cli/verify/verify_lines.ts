/**
 * What came of running stages again, in lines that a person can read.
 *
 * @module
 */
import { ACCEPTED_EDITS } from "../../engine/keys/accepted_edits.ts";
import type { Node } from "../../engine/run/graph.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import { unreachable } from "../../engine/define/unreachable.ts";
import type { Verification } from "../../engine/history/verify.ts";
import { differenceLines } from "../lines/diff_lines.ts";
import { type Line } from "../display/line.ts";
import { count, duration } from "../display/quantities.ts";
import { errorLines } from "../display/error_lines.ts";
import { type OfLine, reproduceCommand } from "../named/reproduce_command.ts";

/** Of each stage so many differences are shown; --json prints all. */
const MOST_SHOWN = 5;

/** What is said of a stage below its line stands so far in. */
const INDENT = 12;

/** A stage that is in the store as its code is now. */
export interface Recorded {
  readonly pipeline: string;
  readonly node: Node;
  readonly record: StageRecord;
  /** Whether it was made before an edit that is accepted, so that it stands all the same. */
  readonly isAccepted?: boolean;
}

/** A recorded stage, and what came of running it again. */
export interface Verified extends Recorded {
  readonly verification: Verification;
  readonly tolerance: number;
  readonly seconds: number;
}

/** Whether a stage ran where the order of additions is not fixed. */
export function isOnGpu({ key: { environment } }: StageRecord): boolean {
  return environment["device"]?.startsWith("webgpu") ?? false;
}

/** Whether a stage gives what is recorded. */
export function isGood({ verification: { kind } }: Verified): boolean {
  return kind === "identical" || kind === "close";
}

/** How many stages are run again, and how many are not in the store. */
export function headingOf({ all, chosen, missing, profile, ...options }: {
  readonly all: readonly Recorded[];
  readonly chosen: readonly Recorded[];
  readonly missing: number;
  readonly profile: string;
  readonly seed: number;
  readonly tolerance: number;
}): string {
  const which = chosen.length < all.length
    ? `${chosen.length} of ${
      count(all.length, "stage")
    }, drawn with seed ${options.seed},`
    : count(all.length, "stage");
  const tolerance = chosen.some(({ record }) => isOnGpu(record))
    ? `; numbers computed on a GPU may deviate by ${options.tolerance} (relative above 1, absolute below)`
    : "";
  const rest = missing === 0
    ? ""
    : `; ${
      count(missing, "stage")
    } not in the store as code and sources are now (deno task plan says why)`;
  return `Running ${which} again at profile ${profile}${tolerance}${rest}`;
}

/** The lines on one stage that was run again. */
export function linesOf(
  { pipeline, node, verification, seconds, isAccepted = false }: Verified,
  { verbose, isEdited = false, ...ofLine }: OfLine & {
    readonly verbose: boolean;
    /** Whether the record is of before an edit. */
    readonly isEdited?: boolean;
  },
): readonly Line[] {
  const line = (
    word: string,
    { style, text }: { readonly style: "green" | "red"; readonly text: string },
  ): Line => [
    { text: word.padEnd(10), style },
    { text: `${node.stage.name} of ${pipeline}  ${text}` },
  ];
  const time = duration(seconds);
  switch (verification.kind) {
    case "identical":
      return [line("same", { style: "green", text: time })];
    case "close":
      return [line("close", {
        style: "green",
        text: `${time}, largest deviation ${
          verification.deviation.toExponential(1)
        }`,
      })];
    case "non-deterministic":
      return [
        line("varies", {
          style: "red",
          text: "not deterministic: two executions on the same inputs differ",
        }),
        ...shown(verification.differences, { hasJson: !isEdited }),
      ];
    case "stale":
      return [
        isEdited
          ? line("differs", {
            style: "red",
            text: "the edited code gives something else than what is there",
          })
          : isAccepted
          ? line("stale", {
            style: "red",
            text:
              `the code as it is gives something else than what ${ACCEPTED_EDITS} lets stand; take that edit out of it, and ${
                reproduceCommand([pipeline], ofLine)
              } runs all that it let stand`,
          })
          : line("stale", {
            style: "red",
            text:
              `two executions agree with each other, but not with the record; ${
                reproduceCommand([pipeline], {
                  ...ofLine,
                  force: node.stage.name,
                })
              } replaces it`,
          }),
        ...shown(verification.differences, { hasJson: !isEdited }),
      ];
    case "failed":
      return [
        line("failed", { style: "red", text: "" }),
        ...errorLines(verification.error, { verbose })
          .map((text) => [{ text: `${" ".repeat(INDENT)}${text}` }]),
      ];
    default:
      return unreachable(verification);
  }
}

/** The lines on what two results differ in; `accept` has no JSON that has all of them. */
function shown(
  differences: Extract<Verification, { kind: "stale" }>["differences"],
  { hasJson }: { readonly hasJson: boolean },
): readonly Line[] {
  return differences.length === 0
    ? [[{ text: `${" ".repeat(INDENT)}the same values in other bytes` }]]
    : differenceLines(differences, {
      most: MOST_SHOWN,
      indent: INDENT,
      hasJson,
    });
}

/** How many stages gave what, in one line. */
export function summaryOf(verified: readonly Verified[]): string {
  const number = (kind: Verification["kind"]) =>
    verified.filter(({ verification }) => verification.kind === kind).length;
  const parts = [
    [number("identical"), "the same bytes"],
    [number("close"), "within the tolerance"],
    [number("non-deterministic"), "not deterministic"],
    [number("stale"), "not what is recorded"],
    [number("failed"), "failed"],
  ] as const;
  return `${count(verified.length, "stage")}: ${
    parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`).join(", ")
  }`;
}
