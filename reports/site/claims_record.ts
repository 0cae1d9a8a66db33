/**
 * Every claim with its verdict as data: `claims.json` of a site.
 *
 * @module
 */
import { z } from "zod";
import { answerOf } from "../pages/answer.ts";
import {
  type Claim,
  estimatesOf,
  foundTexts,
  judge,
  ruleSentence,
} from "../value/claim.ts";
import { WHOSE, whoseOf } from "../value/claim_groups.ts";
import { VERDICTS } from "../value/verdict_counts.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";

const on = z.enum(["interval", "value"]).optional();
const schema = z.strictObject({
  format: z.literal(1),
  run: z.strictObject({
    profile: z.string(),
    started: z.string(),
    finished: z.string().optional(),
    commit: z.string().nullable(),
    edited: z.array(z.string()).readonly().optional(),
    /** Reports that are as they were before this run, and when they were made. */
    earlier: z.record(z.string(), z.string()).readonly().optional(),
    device: z.string(),
  }),
  /** The answer to the paper's question, in Markdown. */
  answer: z.string(),
  reports: z.array(z.strictObject({
    id: z.string(),
    title: z.string(),
    claims: z.array(z.strictObject({
      id: z.string(),
      statement: z.string(),
      paper: z.string(),
      whose: z.enum(WHOSE),
      /** Each estimate in words; why there is none, where there is none. */
      here: z.array(z.string()),
      rule: z.string(),
      verdict: z.enum(VERDICTS),
      answers: z.enum(["in support", "out of support"]).optional(),
      /** What the answer says of it, where it is about the contrast itself: "from a label shift to a vertical flip". */
      contrast: z.string().optional(),
      /** What decided: the bounds, and the estimates. */
      numbers: z.strictObject({
        rule: z.discriminatedUnion("kind", [
          z.strictObject({
            kind: z.literal("within"),
            low: z.number(),
            high: z.number(),
            on,
          }),
          z.strictObject({ kind: z.literal("above"), bound: z.number(), on }),
          z.strictObject({ kind: z.literal("below"), bound: z.number(), on }),
        ]),
        estimates: z.array(z.strictObject({
          value: z.number(),
          low: z.number(),
          high: z.number(),
        })),
      }),
    })),
  })),
});

/** The claims of a run. */
export type ClaimsRecord = z.infer<typeof schema>;

/** A claim that was judged, in words, with its numbers at full precision. */
type ClaimRecord = ClaimsRecord["reports"][number]["claims"][number];

/** The claims of some reports. */
export function claimsRecord(
  reports: readonly Report[],
  { profile, started, finished, commit, edited, earlier, device }: RunRecord,
): ClaimsRecord {
  return {
    format: 1,
    run: {
      profile,
      started,
      ...finished === undefined ? {} : { finished },
      commit,
      edited,
      ...Object.keys(earlier ?? {}).length === 0 ? {} : { earlier },
      device: device.name,
    },
    answer: answerOf(reports, { profile }),
    reports: reports.map(({ id, title, claims }) => ({
      id,
      title,
      claims: claims.map(recordOf),
    })),
  };
}

function recordOf(claim: Claim): ClaimRecord {
  return {
    id: claim.id,
    statement: proseMarkdown(claim.statement),
    paper: claim.paper,
    whose: whoseOf(claim),
    here: "notReproduced" in claim
      ? [proseMarkdown(claim.notReproduced)]
      : [...foundTexts(claim)],
    rule: ruleSentence(claim),
    verdict: judge(claim),
    ...claim.answers === undefined ? {} : { answers: claim.answers },
    ...claim.contrast === undefined ? {} : { contrast: claim.contrast },
    numbers: {
      rule: claim.rule,
      estimates: estimatesOf(claim).map(({ value, low, high }) => ({
        value,
        low,
        high,
      })),
    },
  };
}

/** The text of `claims.json`. */
export function claimsText(record: ClaimsRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/**
 * The claims of a `claims.json`.
 *
 * @throws {TypeError} if it is not one, in a line that says where
 */
export function readClaims(text: string): ClaimsRecord {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TypeError("Cannot read claims.json: it is not JSON", { cause });
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new TypeError(
    `Cannot read claims.json: ${
      issue?.path.join(".") || "it"
    }: ${issue?.message}`,
    { cause: read.error },
  );
}
