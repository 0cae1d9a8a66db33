/**
 * How long stages will take that have never run: by others of their task that
 * the store has records of.
 *
 * @module
 */
import {
  type AnyPipeline,
  type ProfileName,
  PROFILES,
} from "../../engine/define/pipeline.ts";
import type { Stage } from "../../engine/define/ref.ts";
import { graphOf } from "../../engine/run/graph.ts";
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import { lastSecondsOf } from "../named/last_records.ts";
import {
  amountOf,
  type Pace,
  type Paces,
  pacesOf,
  secondsLike,
  workOf,
} from "./pace.ts";

/** What a stage may take, and the profile of the stages that this is told by. */
export interface EstimatedTime {
  readonly seconds: number;
  readonly estimatedAt: readonly [ProfileName];
}

/** Where others like a stage may have run. */
export interface Elsewhere {
  readonly pipelines: readonly AnyPipeline[];
  /** Those that are open, whose graphs need not be built again. */
  readonly opened: readonly Pick<
    OpenPipeline<unknown>,
    "name" | "profile" | "graph"
  >[];
  /** The profile whose stages tell most. */
  readonly profile: ProfileName;
  readonly store: Pick<
    OpenPipeline<unknown>["store"],
    "lastKeys" | "secondsOf"
  >;
}

/**
 * Estimates stages by what others of their task took when they last ran, of
 * this profile if any has, else of the one that is nearest in scale. Trainings
 * of `smoke` tell nothing of those of others, nor those of it: on networks and
 * sets so small an image-step takes several times as long. Looks at records
 * when it is first asked: one who knows all times needs none.
 *
 * @returns what gives `undefined` for a stage that is like none
 */
export function estimatedTimes(
  where: Elsewhere,
): (stage: Stage) => EstimatedTime | undefined {
  const distance = (one: ProfileName) =>
    Math.abs(PROFILES.indexOf(one) - PROFILES.indexOf(where.profile));
  const nearest = PROFILES.toSorted((a, b) => distance(a) - distance(b));
  const known = new Map<ProfileName, Paces>();
  const isSmoke = (profile: ProfileName) => profile === "smoke";
  return (stage) => {
    const work = workOf(stage);
    for (const profile of nearest) {
      if (
        work.imageSteps !== undefined &&
        isSmoke(profile) !== isSmoke(where.profile)
      ) continue;
      const paces = known.getOrInsertComputed(
        profile,
        () => pacesAt(profile, where),
      );
      const seconds = secondsLike(work, paces);
      if (seconds !== undefined && !Number.isNaN(seconds)) {
        return { seconds, estimatedAt: [profile] };
      }
    }
    return undefined;
  };
}

/** What the stages of all pipelines that have run at a profile tell. */
function pacesAt(
  profile: ProfileName,
  { pipelines, opened, store }: Elsewhere,
): Paces {
  return pacesOf(pipelines.flatMap((pipeline) => {
    const { name, profiles } = pipeline;
    // A pipeline that has never run there need not be built.
    const last = store.lastKeys(`${name}.${profile}`);
    if (!profiles.includes(profile) || Object.keys(last).length === 0) {
      return [];
    }
    const secondsOf = lastSecondsOf({ name, profile, store });
    const open = opened.find((one) =>
      one.name === name && one.profile === profile
    );
    const { nodes } = open?.graph ?? graphOf(pipeline.build(profile));
    return nodes.flatMap(
      ({ stage }): readonly (readonly [ReturnType<typeof workOf>, Pace])[] => {
        const seconds = secondsOf(stage.name);
        if (seconds === undefined) return [];
        const work = workOf(stage);
        return [[work, { work: amountOf(work), seconds }]];
      },
    );
  }));
}
