/**
 * Events in words, as both the live and the plain display say them.
 *
 * @module
 */
import type { Cause } from "../../engine/keys/cause.ts";
import { sentencesOf } from "../../engine/keys/causes_alike.ts";
import { withShortDigests } from "../../engine/define/hash.ts";
import { listOf, someOf } from "../arguments/nearest.ts";
import type { ShownOf } from "./display.ts";
import { count, duration } from "./quantities.ts";

/** Causes in words. */
export function causeTexts(causes: readonly Cause[]): readonly string[] {
  return sentencesOf(causes).map(withShortDigests);
}

/** Why a stage runs, in one clause. */
export function clauseOf(causes: readonly Cause[]): string {
  const [first = "", ...others] = causeTexts(causes);
  return others.length === 0
    ? first
    : `${first} and ${count(others.length, "more cause")}`;
}

/** Which run is waited for, and who holds the store. */
export function waitingSentence(
  { holder }: ShownOf<"waiting-for-lock">,
): string {
  return `Waiting for another run on this store (${holder})`;
}

/** The result of a run in one line. */
export function summaryOf(event: ShownOf<"run-finished">): string {
  const { pipeline, profile, stages, ran, cached, failed, seconds } = event;
  const unreached = Math.max(0, stages - ran - cached - failed);
  const more = unreached === 0 ? "" : `${unreached} not reached, `;
  const name = `${pipeline} at profile ${profile}`;
  const what = ran + failed + unreached === 0
    ? ` is up to date: ${count(cached, "stage")} cached, `
    : `: ${ran} ran, ${cached} cached, ${failed} failed, ${more}`;
  return name + what + duration(seconds);
}

/** So many pipelines are named, and more counted: their names would not fit on a line. */
const MOST_NAMED = 3;

/** Which pipelines are on the site while others run. */
export function updateSentence(
  { folder, pipelines }: ShownOf<"site-updated">,
): string {
  const shown = pipelines.length > MOST_NAMED
    ? count(pipelines.length, "pipeline")
    : listOf(pipelines);
  return `${folder}/index.html shows ${shown} already`;
}

/** Where the site is and what changed in it; which pages are of an earlier run, and how to make them anew. */
export function siteSentences(
  { folder, written, removed, earlier, unlinked, profile }: ShownOf<
    "site-written"
  >,
): readonly string[] {
  const change = [
    ...written === 0 ? [] : [`${count(written, "file")} written`],
    ...removed === 0 ? [] : [`${count(removed, "file")} removed`],
  ].join(", ") || "nothing in it changed";
  const words = profile === "default" ? "" : ` --profile ${profile}`;
  const makes = `deno task reproduce${words} makes them anew`;
  return [
    `Look at ${folder}/index.html (${change})`,
    ...earlier.length === 0 ? [] : [
      `Left as they were, with their date: ${
        someOf(earlier, MOST_NAMED)
      } (something that they depend on has changed); ${makes}`,
    ],
    ...unlinked.length === 0 ? [] : [
      `Left there, but nothing leads to them: pages of ${
        someOf(unlinked, MOST_NAMED)
      }, whose results are not in the store; ${makes}`,
    ],
  ];
}
