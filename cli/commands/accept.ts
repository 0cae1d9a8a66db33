/**
 * `accept`: accepts edits of code that change no result. Of the stages that
 * would run only since code was edited a sample is run; where it gives the
 * bytes that are there, what the others have made stands.
 *
 * @module
 */
import { join } from "node:path";
import {
  ACCEPTED_EDITS,
  type AcceptedEdit,
  readAcceptedEdits,
  textOfAccepted,
} from "../../engine/keys/accepted_edits.ts";
import { codeAtStart } from "../../engine/keys/code_at_start.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import type { Digest } from "../../engine/define/hash.ts";
import { messageOf } from "../../engine/define/message_of.ts";
import { stream } from "../../engine/define/random.ts";
import {
  claimsOf,
  type EditedStage,
  editedStages,
  isAmong,
  likenessOf,
  withAccepted,
} from "../../engine/history/edited_stages.ts";
import type { PlannedStage } from "../../engine/run/plan.ts";
import { useStore } from "../../engine/store/use_store.ts";
import {
  DEVICE,
  JOBS,
  LOCKED_STORE,
  PIPELINES,
  PROFILE,
} from "../arguments/options.ts";
import { whole } from "../arguments/value_kinds.ts";
import type { Asked, Verbosity, Words } from "../arguments/words.ts";
import { type Line, saysWait, writeLines } from "../display/line.ts";
import { count, duration } from "../display/quantities.ts";
import { writeWhole } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";
import { openToRunAgain, runAgain } from "../verify/run_again.ts";
import { linesOf, type Recorded } from "../verify/verify_lines.ts";

/** The options of `accept`, and the words beside them. */
export const words = {
  pipelines: PIPELINES,
  sample: {
    value: whole("N", { min: 1 }),
    default: 1,
    help:
      "Runs this many stages of each kind again (default: 1). Stages of one task, with the same edit and the same model, shift and so on, are of one kind.",
  },
  seed: {
    value: whole("N", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    default: 1,
    help: "Seed of that draw (default: 1).",
  },
  profile: PROFILE,
  device: DEVICE,
  jobs: JOBS,
  store: LOCKED_STORE,
} as const satisfies Words;

/** What a line asks of `accept`. */
type Accept = Asked<typeof words> & Verbosity;

/** A stage whose code was edited, as it is run again. */
type Tried = Recorded & EditedStage;

/** @returns the exit code: 1 if an edit changes a result, or that cannot be told */
export async function run(command: Accept, shell: Shell): Promise<number> {
  const atStart = codeAtStart(shell.root);
  const registry = await shell.registry();
  const { project, opened } = await openToRunAgain(
    command.pipelines,
    { ...command, registry, atStart },
    shell,
  );
  const { store } = project;
  using use = await useStore(store.folder, {
    signal: shell.signal,
    onWait: saysWait(shell),
  });
  const print = (...lines: readonly Line[]) => writeLines(lines, shell.stdout);

  /** The stages whose code alone was edited, and those that stand all the same. */
  async function stagesNow() {
    const edited = new Map<Digest, Tried>();
    const standing = new Set<Digest>();
    for (const { name: pipeline, plan } of opened) {
      const planned = await plan(new Set());
      for (const stage of editedStages(planned, store)) {
        const record = { ...stage.record, key: stage.key };
        // Several pipelines may have it.
        edited.set(digestOf(stage), { ...stage, pipeline, record });
      }
      for (const stage of planned) {
        if (stands(stage)) standing.add(digestOf(stage));
      }
    }
    return { edited, standing };
  }

  const refused = new Set<string>();
  const refuted = new Set<string>();
  const isRefused = (stage: Tried) => isAmong(claimsOf(stage), refused);
  const settled = new Set<Digest>();
  const same = new Set<Digest>();
  const first = await stagesNow();
  let now = first;
  // Whether edits can be written is found out before stages are run for that.
  if (first.edited.size > 0) await putAccepted(shell.root, (before) => before);
  using workers = await project.workersOf(opened, use);
  // What a stage takes is known once those before it are settled.
  for (;;) {
    const open = [...now.edited.values()].filter((stage) =>
      !isRefused(stage) && !settled.has(digestOf(stage))
    );
    if (open.length === 0) break;
    const chosen = sampleOf(open, command);
    const before = chosen.reduce((sum, { record }) => sum + record.seconds, 0);
    print([{
      text: `Running ${chosen.length} of ${
        count(open.length, "edited stage")
      } again (${duration(before)} when they ran)`,
    }]);
    await runAgain(chosen, {
      store,
      workers,
      jobs: command.jobs,
      toleranceOf: () => 0,
      onDone(done) {
        const { kind } = done.verification;
        const { ofEdit, ofTask } = claimsOf(done);
        if (kind === "identical") same.add(digestOf(done));
        else refused.add(kind === "stale" ? ofEdit : ofTask);
        if (kind === "stale") refuted.add(ofEdit);
        if (kind === "non-deterministic") refuted.add(ofTask);
        print(...linesOf(done, { ...command, isEdited: true }));
      },
    }, shell);
    const good = open.filter((stage) => !isRefused(stage));
    for (const stage of good) settled.add(digestOf(stage));
    await writeAccepted(shell, {
      same: good.filter((stage) => same.has(digestOf(stage))),
      refuted,
    });
    now = await stagesNow();
  }
  const stages = now.standing.difference(first.standing);
  const tried = stages.intersection(same).size;
  const left = now.edited.size;
  const end = endOf({ stages: stages.size, tried, left });
  print([{ text: end, style: "bold" }]);
  return left === 0 ? 0 : 1;
}

/** Writes which edits are accepted, if they are others than before. */
async function writeAccepted(
  { root, clock }: Shell,
  found: Omit<Parameters<typeof withAccepted>[1], "moment">,
): Promise<void> {
  const moment = new Date(clock()).toISOString();
  const after = (before: readonly AcceptedEdit[]) =>
    withAccepted(before, { ...found, moment });
  const { list } = readAcceptedEdits(root);
  if (textOfAccepted(after(list)) === textOfAccepted(list)) return;
  await putAccepted(root, after);
}

/**
 * Replaces the edits that are accepted; where there are none, there is no file.
 *
 * @param after the edits by those of before
 * @throws {Error} if they cannot be written
 */
async function putAccepted(
  root: string,
  after: (before: readonly AcceptedEdit[]) => readonly AcceptedEdit[],
): Promise<void> {
  try {
    await writeWhole(join(root, ACCEPTED_EDITS), (put) => {
      // Here no other process writes it.
      const text = textOfAccepted(after(readAcceptedEdits(root).list));
      return put(new TextEncoder().encode(text));
    });
    if (readAcceptedEdits(root).list.length === 0) {
      await Deno.remove(join(root, ACCEPTED_EDITS));
    }
  } catch (cause) {
    throw new Error(
      `Cannot write ${ACCEPTED_EDITS}: ${
        messageOf(cause)
      }; once it can be, run the same command again`,
      { cause },
    );
  }
}

function digestOf({ key }: Pick<PlannedStage, "key">): Digest {
  return digestOfKey(key);
}

/** Whether what a stage made before an edit stands. */
function stands({ key, record }: PlannedStage): boolean {
  return record !== undefined && digestOfKey(record.key) !== digestOfKey(key);
}

/** Of each kind of stages so many, drawn at random, in the order of the stages. */
function sampleOf(
  stages: readonly Tried[],
  { sample, seed }: Pick<Accept, "sample" | "seed">,
): readonly Tried[] {
  const alike = Map.groupBy(stages, likenessOf);
  const chosen = new Set<Tried>();
  for (const some of alike.values()) {
    const order = stream(seed, "accept", "sample").permutation(some.length);
    for (const place of order.slice(0, sample)) {
      chosen.add(some[place] as Tried);
    }
  }
  return stages.filter((stage) => chosen.has(stage));
}

/** What came of it, in a line. */
function endOf({ stages, tried, left }: {
  readonly stages: number;
  readonly tried: number;
  readonly left: number;
}): string {
  const rest = left === 0
    ? ""
    : `; ${
      count(left, "edited stage")
    } would still run, with all that depends on ${
      left === 1 ? "it" : "them"
    } (deno task plan says which): ${
      left === 1 ? "its edit changes" : "their edits change"
    } a result, or may`;
  if (stages === 0) {
    return left === 0
      ? "Nothing to accept: no stage would run only since code was edited (deno task plan says which would, and why)"
      : `Nothing is accepted${rest}`;
  }
  return `Accepted: what ${
    count(stages, "stage")
  } made stands for the code as it is, since ${tried} of them, run again, gave the same bytes; ${ACCEPTED_EDITS} says so: commit it with the edit${rest}`;
}
