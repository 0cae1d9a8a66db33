import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import { pipelines } from "../../pipelines/registry.ts";

/**
 * The pipelines of the registry without one's own, all of whose claims are
 * added ones, as `new pipeline` writes them: no page tells of these, and
 * nothing is kept beside them.
 */
export const published: readonly AnyPipeline<unknown>[] = pipelines.filter(
  ({ build }) => {
    const { claims } = build("smoke") as {
      readonly claims: readonly { readonly whose?: string }[];
    };
    return !claims.every(({ whose }) => whose === "added");
  },
);
