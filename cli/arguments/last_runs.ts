/**
 * Where the store remembers a stage from: of which pipeline, at which profile.
 *
 * @module
 */
import { type ProfileName, PROFILES } from "../../engine/define/pipeline.ts";
import type { Store } from "../../engine/store/store.ts";

/** Stages that some pipelines share, at one profile. */
interface Place<P> {
  readonly pipelines: readonly [P, ...P[]];
  readonly profile: ProfileName;
  readonly store: Pick<Store, "lastKeys">;
}

interface Named {
  readonly name: string;
}

/** Of pipelines that share a stage the first in which it has run; the first of all if there is none. */
export function ranIn<P extends Named>(
  stage: string,
  { pipelines, profile, store }: Place<P>,
): P {
  return pipelines.find(({ name }) =>
    hasRun(stage, { name, profile, store })
  ) ??
    pipelines[0];
}

/** `; it is at profile smoke: add --profile smoke` if a stage has run at another profile, or nothing. */
export function ranElsewhere<P extends Named>(
  stage: string,
  { pipelines, profile, store }: Place<P>,
): string {
  const other = PROFILES.find((one) =>
    one !== profile &&
    pipelines.some(({ name }) => hasRun(stage, { name, profile: one, store }))
  );
  return other === undefined
    ? ""
    : `; it is at profile ${other}: add --profile ${other}`;
}

function hasRun(
  stage: string,
  { name, profile, store }:
    & Named
    & Pick<Place<Named>, "profile" | "store">,
): boolean {
  return stage in store.lastKeys(`${name}.${profile}`);
}
