/**
 * What a run found: the claims that answer the question, and those whose
 * verdict is new, in the order in which they matter.
 *
 * @module
 */
import type { Reproduced } from "../../engine/run/open_pipeline.ts";
import type { HistoricRun } from "../../engine/store/historic_run.ts";
import { byStart, runHistory } from "../../engine/store/run_history.ts";
import type { Store } from "../../engine/store/store.ts";
import { endedRuns, runsById } from "../../publishing/ended_runs.ts";
import { plainText } from "../../reports/text/plain_text.ts";
import {
  type Claim,
  formatEstimate,
  foundBy,
  judge,
  type JudgedClaim,
} from "../../reports/value/claim.ts";
import { isOfQuestion, whoseOf } from "../../reports/value/claim_groups.ts";
import { claimsIn } from "../../reports/value/claim_summary.ts";
import { proseMarkdown } from "../../reports/value/prose.ts";
import type { Report } from "../../reports/value/report.ts";
import type { FoundClaim } from "../display/found_lines.ts";

/** Of each pipeline the last run before this one, at the profile, in which it gave something; none before that is read. */
export async function runsBefore(
  done: readonly Reproduced<Report>[],
  store: Store,
  profile: string,
): Promise<readonly HistoricRun[]> {
  const ended = (await endedRuns(store)).toReversed()
    .filter((one) => one.profile === profile);
  const open = runsById([], runHistory(store.folder));
  const last = done.flatMap(({ name, run }) =>
    ended.values()
      .filter(({ id, pipelines }) => id !== run && pipelines.includes(name))
      .flatMap(({ id }) => open(id))
      .find(({ pipelines }) => pipelines[name]?.summary !== undefined) ?? []
  );
  return [...new Set(last)].toSorted(byStart);
}

/**
 * The claims of some pipelines that answer the question or were added, where
 * anything ran, and those that have another verdict than in the run before; such
 * first. A verdict of which no run before is remembered is news of a pipeline
 * that somebody named. Few are shown, so that of either those about the contrast
 * begin, and the halves of the question take turns.
 *
 * @param options.runs of the history, oldest first
 * @param options.site folder of the site, as somebody would write it
 */
export function foundClaims(
  done: readonly Reproduced<Report>[],
  { named, runs, profile, site }: {
    /** Names of the pipelines that were asked for. */
    readonly named: ReadonlySet<string>;
    readonly runs: readonly HistoricRun[];
    readonly profile: string;
    readonly site: string;
  },
): readonly FoundClaim[] {
  const found = done.flatMap(({ name, run, result, output }) => {
    if (output.kind !== "value") return [];
    const last = runs.findLast(({ id, profile: other, pipelines }) =>
      id !== run && other === profile &&
      pipelines[name]?.summary !== undefined
    );
    const old = claimsIn(last?.pipelines[name]?.summary);
    return output.value.claims.flatMap((claim): readonly FoundClaim[] => {
      const verdict = judge(claim);
      const before = old[claim.id]?.verdict;
      const isAdded = whoseOf(claim) === "added";
      const matters = (isOfQuestion(claim) || isAdded) &&
        result.ran.length > 0;
      const isNews = before === undefined
        ? named.has(name)
        : before !== verdict;
      return !isNews && !matters ? [] : [{
        pipeline: name,
        claim: claim.id,
        statement: plainText(proseMarkdown(claim.statement)),
        verdict,
        ...before === undefined || before === verdict ? {} : { before },
        ...claim.answers === undefined ? {} : { answers: claim.answers },
        ...claim.contrast === undefined ? {} : { contrast: claim.contrast },
        ...isAdded ? { added: true } : {},
        found: textOf(claim),
        page: `${site}/${name}/index.html`,
      }];
    });
  });
  const [changed, others] = [true, false].map((isChanged) =>
    found.filter(({ before }) => isChanged === (before !== undefined))
  );
  return [...inTurns(changed ?? []), ...inTurns(others ?? [])];
}

/** Those about the contrast, then a claim of each half in turn, then all others. */
function inTurns(found: readonly FoundClaim[]): readonly FoundClaim[] {
  const seen = new Map<string, number>();
  return found.map((claim) => {
    const { answers, contrast } = claim;
    if (contrast !== undefined) return { claim, turn: -1 };
    if (answers === undefined) return { claim, turn: Infinity };
    const turn = seen.get(answers) ?? 0;
    seen.set(answers, turn + 1);
    return { claim, turn };
  }).sort((a, b) => a.turn === b.turn ? 0 : a.turn - b.turn)
    .map(({ claim }) => claim);
}

/** The first estimate that has the verdict of the claim, in short, and of how many it is; or why there is none. */
function textOf(claim: Claim): string {
  return plainText(
    "notReproduced" in claim
      ? proseMarkdown(claim.notReproduced)
      : estimateText(claim),
  ).replaceAll("\u00a0", " ");
}

function estimateText(claim: JudgedClaim): string {
  const { id, statement, paper, rule } = claim;
  const [verdict, all] = [judge(claim), foundBy(claim)];
  const estimate =
    all.find((estimate) =>
      judge({ id, statement, paper, rule, estimate }) === verdict
    ) ?? claim.estimate;
  const isFirst = estimate === all[0];
  const title = isFirst ? undefined : estimate.title;
  const text = formatEstimate(
    { ...estimate, title, examples: undefined },
    rule,
  );
  return all.length === 1
    ? text
    : `${text}, ${isFirst ? "the first" : "one"} of ${all.length} estimates`;
}
