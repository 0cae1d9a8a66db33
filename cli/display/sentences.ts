/**
 * Events in words, as both the live and the plain display say them.
 *
 * @module
 */
import type { Cause } from "../../engine/cause.ts";
import { sentencesOf } from "../../engine/causes_alike.ts";
import type { Event } from "../../engine/event.ts";
import { withShortDigests } from "../../engine/short_digests.ts";
import { listOf, someOf } from "../nearest.ts";
import type { SiteChange } from "../site_folder.ts";
import { printable } from "./line.ts";
import { count, duration } from "./quantities.ts";

/** Causes in words. */
export function causeTexts(causes: readonly Cause[]): readonly string[] {
  return sentencesOf(causes).map((text) => printable(withShortDigests(text)));
}

/** Why a stage runs, in one clause. */
export function clauseOf(causes: readonly Cause[]): string {
  const [first, ...others] = causeTexts(causes);
  if (first === undefined) return "";
  const more = others.length === 0
    ? ""
    : ` and ${count(others.length, "more cause")}`;
  return `${first}${more}`;
}

/** The result of a run in one line. */
export function summaryOf(
  { pipeline, profile, stages, ran, cached, failed, seconds }: Extract<
    Event,
    { kind: "run-finished" }
  >,
): string {
  const unreached = Math.max(0, stages - ran - cached - failed);
  const parts = [
    `${ran} ran`,
    `${cached} cached`,
    `${failed} failed`,
    ...unreached === 0 ? [] : [`${unreached} not reached`],
  ];
  const name = `${pipeline} at profile ${profile}`;
  return ran + failed + unreached === 0
    ? `${name} is up to date: ${count(cached, "stage")} cached, ${
      duration(seconds)
    }`
    : `${name}: ${parts.join(", ")}, ${duration(seconds)}`;
}

/** More pipelines are counted: their names would not fit on a line. */
const MOST_NAMED = 3;

/** Which pipelines are on the site while others run. */
export function updateSentence(
  { folder, pipelines }: {
    readonly folder: string;
    readonly pipelines: readonly string[];
  },
): string {
  const shown = pipelines.length > MOST_NAMED
    ? count(pipelines.length, "pipeline")
    : listOf(pipelines);
  return `${folder}/index.html shows ${shown} already`;
}

/** Where the site is and what changed in it; which pages are gone, and how to get them back. */
export function siteSentences(
  { folder, written, removed, gone, profile }: SiteChange & {
    readonly folder: string;
    readonly gone: readonly string[];
    readonly profile: string;
  },
): readonly string[] {
  const change = written + removed === 0 ? "nothing in it changed" : [
    ...written === 0 ? [] : [`${count(written, "file")} written`],
    ...removed === 0 ? [] : [`${count(removed, "file")} removed`],
  ].join(", ");
  return [
    `Look at ${folder}/index.html (${change})`,
    ...gone.length === 0 ? [] : [
      `No longer on it: ${
        someOf(gone, MOST_NAMED)
      }, whose results are not all in the store as the code is now; deno task reproduce${
        profile === "default" ? "" : ` --profile ${profile}`
      } makes them`,
    ],
  ];
}
