/**
 * What a run shows: the kinds of events, as JSON for other programs, and in the
 * words that the live and the plain display share.
 *
 * @module
 */
import { listed, someOf } from "../../engine/define/listed.ts";
import type { Event } from "../../engine/run/event.ts";
import type { PoolState } from "../../engine/run/slurm/roster.ts";
import type { SiteEvent } from "../../publishing/site_publisher.ts";
import { type OfLine, reproduceCommand } from "../named/reproduce_command.ts";
import type { Output, Shell } from "../shell/shell.ts";
import { type FoundClaim, foundLines } from "./found_lines.ts";
import { dim, type Line, printableJson } from "./line.ts";
import { count, duration } from "./quantities.ts";

/** What is shown: the engine's events and those of the command line's own. */
export type Shown =
  | Event
  | {
    readonly kind: "device-chosen";
    readonly device: string;
    readonly reason: string;
  }
  | {
    /** What was found, once a run has ended in which anything ran or that gave other verdicts. */
    readonly kind: "claims-found";
    readonly profile: string;
    readonly claims: readonly FoundClaim[];
    /** The page of all claims. */
    readonly all: string;
  }
  | {
    /** That many stages run only since code was edited, and the way out. */
    readonly kind: "edited-code";
    readonly message: string;
  }
  | {
    /** What the pools of workers of a scheduler have, whenever it is another. */
    readonly kind: "pools";
    readonly pools: readonly PoolState[];
  }
  | {
    /** Something to know of workers, and what belongs to it, such as the end of a log. */
    readonly kind: "worker-note";
    readonly message: string;
    readonly more: readonly string[];
  }
  | SiteEvent;

/** Shows what happens, in one of several ways. */
export interface Display {
  show(event: Shown): void;
  /** Gives the terminal back. Nothing is shown after it. */
  close(): void;
}

/** Shows events as JSON, one a line. Each has `at`, ISO 8601 in UTC; those of stages have their `pipeline`. */
export function jsonDisplay(
  output: Output,
  { clock }: Pick<Shell, "clock">,
): Display {
  return {
    show(event) {
      output.write(`${eventLine(event, { clock })}\n`);
    },
    close() {},
  };
}

/** An event as a line of JSON, with the time at which it is told. */
export function eventLine(
  event: object,
  { clock }: Pick<Shell, "clock">,
): string {
  const at = new Date(clock()).toISOString();
  return printableJson(JSON.stringify({ at, ...event }, withErrors));
}

/** For JSON, which leaves them out: name, message and causes of an error. */
function withErrors(_: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, cause } = value;
  return { name, message, cause: cause instanceof Error ? cause : undefined };
}

/** So many pipelines are named, and more counted: their names would not fit on a line. */
const MOST_NAMED = 3;

/** What is said of a stage that two runs made. */
export const DIFFERS =
  "another run made it as well, and it was not the same: the task is not deterministic; the first result stays";

/** What a run is called; a question has no profile. */
export function runName(
  { pipeline, profile }: {
    readonly pipeline: string;
    readonly profile: string;
  },
): string {
  return profile === "" ? pipeline : `${pipeline} at profile ${profile}`;
}

/** What commands that are proposed have of the line that runs. */
export interface Proposing {
  readonly ofLine?: Omit<OfLine, "profile">;
}

/** The lines of an event of which the live and the plain display say the same. */
export function linesOf(
  event: Exclude<Shown, { stage: string } | { kind: "run-started" }>,
  { ofLine = { store: undefined } }: Proposing = {},
): readonly Line[] {
  switch (event.kind) {
    case "device-chosen":
      return [[dim(`Device ${event.device}: ${event.reason}`)]];
    case "waiting-for-store": {
      const text =
        `Waiting for a command that has the store to itself (${event.holder})`;
      return [[{ text, style: "yellow" }]];
    }
    case "remote":
    case "edited-code":
      return [[{ text: event.message, style: "yellow" }]];
    case "run-finished": {
      const { pipeline, profile, stages, ran, cached, failed, seconds } = event;
      const unreached = Math.max(0, stages - ran - cached - failed);
      const more = unreached === 0 ? "" : `${unreached} not reached, `;
      const what = ran + failed + unreached === 0
        ? ` is up to date: ${count(cached, "stage")} cached, `
        : `: ${ran} ran, ${cached} cached, ${failed} failed, ${more}`;
      const text = `${runName({ pipeline, profile })}${what}`;
      return [[{ text: text + duration(seconds) }]];
    }
    case "pools":
      return event.pools.map((pool) => [dim(`  ${poolText(pool)}`)]);
    case "worker-note":
      return [
        [{ text: event.message, style: "yellow" }],
        ...event.more.map((text): Line => [dim(`    ${text}`)]),
      ];
    case "site-updated": {
      const { folder, pipelines, keepsFront } = event;
      const shown = pipelines.length > MOST_NAMED
        ? count(pipelines.length, "pipeline")
        : listed(pipelines);
      const text = keepsFront
        ? `${folder} has new pages of ${shown}; its front page and claims follow at the end`
        : `${folder}/index.html shows ${shown} already`;
      return [[dim(`  ${text}`)]];
    }
    case "claims-found":
      return foundLines(event);
    case "site-written": {
      const { folder, written, removed, earlier, unlinked, profile } = event;
      const change = [
        ...written === 0 ? [] : [`${count(written, "file")} written`],
        ...removed === 0 ? [] : [`${count(removed, "file")} removed`],
      ].join(", ") || "nothing in it changed";
      const makes = (names: readonly string[]) =>
        `${
          reproduceCommand(names.length > MOST_NAMED ? [] : names, {
            ...ofLine,
            profile,
          })
        } updates ${names.length === 1 ? "it" : "them"}`;
      const dated = someOf(earlier, MOST_NAMED);
      const lost = someOf(unlinked, MOST_NAMED);
      const left = [
        dated &&
        `Left as they were, with their date: ${dated} (something they depend on has changed or is missing); ${
          makes(earlier)
        }`,
        lost &&
        `Kept, but no longer linked: pages of ${lost}, whose results at profile ${profile} are not in the store; ${
          makes(unlinked)
        }`,
      ].filter(Boolean);
      return [
        [{ text: `See ${folder}/index.html (${change})`, style: "bold" }],
        ...left.map((text) => [{ text }]),
      ];
    }
  }
}

/** So many nodes of a pool are named. */
const MOST_NODES = 5;

/** What a pool has: `pool gpu: 3 workers on n1 and n2; 2 wait (Priority: others come first)`. */
function poolText(
  { pool, running, pending, nodes, reasons }: PoolState,
): string {
  const place = nodes.length === 0 ? "" : ` on ${someOf(nodes, MOST_NODES)}`;
  const why = reasons.length === 0 ? "" : ` (${listed(reasons)})`;
  const parts = [
    ...running === 0 ? [] : [`${count(running, "worker")}${place}`],
    ...pending === 0 ? [] : [`${pending} waiting${why}`],
  ];
  return `pool ${pool}: ${parts.join("; ") || "no workers"}`;
}
