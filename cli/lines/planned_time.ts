/**
 * How long what is planned will take: of each stage the time of its last run, or
 * an estimate, and what the sum rests on.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import type { ProfileName } from "../../engine/define/pipeline.ts";
import type { StageWork } from "../display/pace.ts";
import { count, duration } from "../display/quantities.ts";

/** Seconds that a stage or several took, or may take. */
export interface Time {
  readonly seconds: number;
  /** Of an estimate the profiles of the stages that it rests on; none of what a last run took. */
  readonly estimatedAt?: readonly ProfileName[];
}

/** A stage that would or may run. */
export interface PlannedWork {
  readonly work: StageWork;
  /** Left out where nothing is known. */
  readonly time: Time | undefined;
  /** Whether it fetches a published file. */
  readonly isDownload?: boolean;
}

/** What a stage took when it last ran, unless that is only estimated. */
export function lastOf(planned: PlannedWork | undefined): number | undefined {
  const { time } = planned ?? {};
  return time?.estimatedAt === undefined ? time?.seconds : undefined;
}

/** What is known of some times, in all: an estimate if one of them is; nothing if nothing is known. */
export function sumOf(times: readonly (Time | undefined)[]): Time | undefined {
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0) return undefined;
  const seconds = known.reduce((sum, { seconds }) => sum + seconds, 0);
  const profiles = known.flatMap(({ estimatedAt = [] }) => estimatedAt);
  return profiles.length === 0
    ? { seconds }
    : { seconds, estimatedAt: [...new Set(profiles)] };
}

/** `25 s`; of an estimate `~25 s`. */
export function timeText({ seconds, estimatedAt }: Time): string {
  return `${estimatedAt === undefined ? "" : "~"}${duration(seconds)}`;
}

/**
 * A sentence on what all stages take, what that rests on, of how many nothing
 * is known, and how many files are fetched; none where nothing would run.
 */
export function totalText(
  planned: readonly PlannedWork[],
  profile: ProfileName,
): string | undefined {
  if (planned.length === 0) return undefined;
  const unknown = planned.filter(({ time, isDownload }) =>
    time === undefined && !isDownload
  );
  const downloads =
    planned.filter(({ time, isDownload }) => time === undefined && isDownload)
      .length;
  const sum = sumOf(planned.map(({ time }) => time));
  const steps = trainingText(unknown);
  if (sum === undefined && unknown.length === 0) {
    return `${count(downloads, "download")}; how long ${
      downloads === 1 ? "it takes" : "they take"
    } depends on the network`;
  }
  if (sum === undefined) {
    const why = downloads === 0
      ? "nothing of the kind has run in this store"
      : `${count(downloads, "download")} ${
        downloads === 1 ? "depends" : "depend"
      } on the network, and nothing like the other ${
        unknown.length === 1 ? "stage" : count(unknown.length, "stage")
      } has run in this store`;
    return `How long this takes is not known: ${why}${
      steps === "" ? "" : `; it has ${steps}`
    }`;
  }
  const guessed = sumOf(
    planned.flatMap(({ time }) =>
      time?.estimatedAt === undefined ? [] : [time]
    ),
  );
  const isAllGuessed = guessed?.seconds === sum.seconds;
  const basis = [
    ...isAllGuessed ? [] : ["judging by earlier runs"],
    ...guessed === undefined ? [] : [
      `${
        isAllGuessed
          ? "estimated"
          : `of which ${timeText(guessed)} is estimated`
      } from other stages of the same tasks${otherProfiles(guessed, profile)}`,
    ],
  ].join(", ");
  const about = `bout ${duration(sum.seconds)}`;
  const inTurn = `if run one after another, ${basis}`;
  const nothing = `nothing is known of ${count(unknown.length, "stage")}`;
  return `${
    steps !== ""
      // Trainings are most of what takes long.
      ? `How long this takes is not known: ${nothing}, with ${steps}; the others take a${about} ${inTurn}`
      : `A${about} in total ${inTurn}${
        unknown.length === 0 ? "" : `; ${nothing}`
      }`
  }${
    downloads === 0
      ? ""
      : `; besides, ${
        count(downloads, "download")
      }, at the speed of the network`
  }`;
}

/** ` (at profile smoke)` where an estimate rests on stages of another profile than this. */
function otherProfiles(
  { estimatedAt = [] }: Time,
  profile: ProfileName,
): string {
  if (estimatedAt.every((one) => one === profile)) return "";
  return ` (at profile${estimatedAt.length === 1 ? "" : "s"} ${
    listed(estimatedAt)
  })`;
}

/** `trainings of 4.2 million image-steps`, or nothing. */
function trainingText(planned: readonly PlannedWork[]): string {
  const steps = planned.reduce(
    (sum, { work: { imageSteps = 0 } }) => sum + (imageSteps || 0),
    0,
  );
  if (steps === 0) return "";
  const text = steps < 999_500
    ? `${Math.max(1, Math.round(steps / 1000))} thousand`
    : `${(steps / 1e6).toFixed(1)} million`;
  return `trainings of ${text} image-steps`;
}
