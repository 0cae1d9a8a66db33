import { bytes } from "../../engine/define/codec.ts";
import type { Source } from "../../engine/define/source.ts";
import { defineTask } from "../../engine/define/task.ts";

/** The published file to fetch. */
export interface FetchSourceArgs {
  readonly source: Source;
}

/**
 * The bytes of a published file. They are pinned by their digest, so that where
 * they came from is no part of the key.
 */
export const fetchSource = defineTask({
  module: import.meta.url,
  name: "fetchSource",
  result: bytes,
  run: ({ source }: FetchSourceArgs, context) => context.fetch(source),
});
