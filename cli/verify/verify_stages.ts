/**
 * Runs stages of pipelines again, or a sample of them, and says which give what
 * is recorded.
 *
 * @module
 */
import { codeAtStart } from "../../engine/keys/code_at_start.ts";
import { isOfReadOnlyStore } from "../../engine/define/error.ts";
import { useStore } from "../../engine/store/use_store.ts";
import { digestOfKey } from "../../engine/keys/key.ts";
import type { ProfileName } from "../../engine/define/pipeline.ts";
import { stream } from "../../engine/define/random.ts";
import { refuseUnknown } from "../named/pipelines.ts";
import { profileOfRun } from "../named/stages.ts";
import { type Line, saysWait, writeJson, writeLines } from "../display/line.ts";
import type { Shell } from "../shell/shell.ts";
import { openToRunAgain, runAgain } from "./run_again.ts";
import {
  headingOf,
  isGood,
  isOnGpu,
  linesOf,
  type Recorded,
  summaryOf,
  type Verified,
} from "./verify_lines.ts";

/** Which stages to run again, and how. */
export interface VerifyStagesOptions {
  /** Names of pipelines. */
  readonly targets: readonly string[];
  readonly profile: ProfileName;
  readonly device: string;
  readonly store: string | undefined;
  /** How many of the stages, drawn with `seed`; all of them otherwise. */
  readonly sample: number | undefined;
  readonly seed: number;
  readonly jobs: number | undefined;
  /** How far numbers may be apart that a GPU computed. */
  readonly tolerance: number;
  readonly json: boolean;
  /** Whether what differs is listed in full. */
  readonly verbose: boolean;
}

/** @returns the exit code: 1 if any stage does not give what is recorded */
export async function verifyStages(
  command: VerifyStagesOptions,
  shell: Shell,
): Promise<number> {
  const atStart = codeAtStart(shell.root);
  const { targets, profile } = command;
  const registry = await shell.registry();
  refuseUnknown(targets[0], registry.pipelines);
  const { project, opened } = await openToRunAgain(
    targets,
    { ...command, registry, atStart },
    shell,
  );
  const { store } = project;
  using use = await useStore(store.folder, {
    signal: shell.signal,
    onWait: saysWait(shell),
  }).catch((error) => {
    if (isOfReadOnlyStore(error)) return undefined; // nothing is written here
    throw error;
  });

  const recorded = new Map<string, Recorded>();
  let missing = 0;
  for (const pipeline of opened) {
    for (const { node, key, record } of await pipeline.plan(new Set())) {
      if (record === undefined) missing++;
      else {
        const digest = digestOfKey(key);
        if (recorded.has(digest)) continue; // several pipelines have it
        // What an accepted edit let stand is asked of the code as it is.
        recorded.set(digest, {
          pipeline: pipeline.name,
          node,
          record: { ...record, key },
          isAccepted: digestOfKey(record.key) !== digest,
        });
      }
    }
  }
  const all = [...recorded.values()];
  const chosen = sampleOf(all, command);
  const print = (line: Line) => {
    if (!command.json) writeLines([line], shell.stdout);
  };
  print([{ text: headingOf({ ...command, all, chosen, missing, profile }) }]);
  const printAll = () => {
    if (!command.json) return;
    const { sample, seed } = command;
    const stages = verified.map(recordOfVerified);
    writeJson(
      { profile, sample, seed, of: all.length, missing, stages },
      shell.stdout,
    );
  };
  const verified: Verified[] = [];
  if (chosen.length === 0) {
    const other = opened.map(({ name }) =>
      profileOfRun(name, { profile, store })
    ).find((one) => one !== undefined);
    if (other !== undefined) {
      print([{
        text: `Some have run at profile ${other}: add --profile ${other}`,
      }]);
    }
    printAll();
    return missing === 0 ? 0 : 1;
  }

  using workers = await project.workersOf(opened, use);
  await runAgain(chosen, {
    store,
    workers,
    jobs: command.jobs,
    toleranceOf: ({ record }) => isOnGpu(record) ? command.tolerance : 0,
    onDone(done) {
      verified.push(done);
      for (const line of linesOf(done, command)) print(line);
    },
  }, shell);

  printAll();
  print([{ text: summaryOf(verified), style: "bold" }]);
  return verified.every(isGood) ? 0 : 1;
}

/** The stages to run again: a sample, in the order of the stages. */
function sampleOf(
  all: readonly Recorded[],
  { sample = Infinity, seed }: VerifyStagesOptions,
): readonly Recorded[] {
  if (sample >= all.length) return all;
  const drawn = stream(seed, "verify", "sample").permutation(all.length);
  const places = new Set(drawn.slice(0, sample));
  return all.filter((_, i) => places.has(i));
}

function recordOfVerified(
  { pipeline, node, record, verification, tolerance, seconds }: Verified,
) {
  return {
    pipeline,
    stage: node.stage.name,
    key: digestOfKey(record.key),
    tolerance,
    seconds,
    ...verification.kind === "failed"
      ? { kind: "failed", error: verification.error.message }
      : verification,
  };
}
