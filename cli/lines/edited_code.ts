/**
 * What is said of stages that run for no other reason than that code was
 * edited.
 *
 * @module
 */
import { namesOfEdited } from "../../engine/history/edited_stages.ts";
import type { Event } from "../../engine/run/event.ts";
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import type { Store } from "../../engine/store/store.ts";
import type { Shown } from "../display/display.ts";
import { count } from "../display/quantities.ts";
import { stageIds } from "../display/stage_ids.ts";

/** Fewer are sooner run than tried. */
const WORTH_SAYING = 20;

/** What `accept` would do for stages that would run, or do, only since code was edited. */
export function editedText(stages: number, verb: "run" | "would run"): string {
  const way = verb === "run" ? "stop this (Ctrl-C): " : "";
  return `${
    count(stages, "stage")
  } ${verb} only since code was edited; if that was to change no result, ${way}deno task accept runs a few of them, and lets what the others made stand`;
}

/** Looks at a run, and says once how many of its stages run only since code was edited, where they are many. */
export function editedCode({ opened, force, store, show }: {
  /** What is run. */
  readonly opened: readonly Pick<OpenPipeline<unknown>, "graph" | "plan">[];
  readonly force: ReadonlySet<string>;
  readonly store: Store;
  readonly show: (event: Shown) => void;
}): {
  see(event: Event): void;
  /** Ends once nothing more will be said. */
  said(): Promise<void>;
} {
  let saying: Promise<void> | undefined;
  const say = async () => {
    const idsOf = stageIds();
    const edited = new Set<string>();
    for (const { graph, plan } of opened) {
      const ids = idsOf(graph);
      for (const name of namesOfEdited(await plan(force), store)) {
        edited.add(ids.get(name) ?? name);
      }
    }
    if (edited.size < WORTH_SAYING) return;
    show({ kind: "edited-code", message: editedText(edited.size, "run") });
  };
  return {
    see(event) {
      // Of a plan that cannot be made nothing is said: the run says what is wrong.
      if (isOfEdit(event)) saying ??= say().catch(() => {});
    },
    said: () => saying ?? Promise.resolve(),
  };
}

function isOfEdit(event: Event): boolean {
  return event.kind === "stage-started" && event.causes.length > 0 &&
    event.causes.every(({ kind }) => kind === "code" || kind === "package");
}
