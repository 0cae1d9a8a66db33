/**
 * What a question is asked about, ready for its pipeline: files by their
 * digests, images packed.
 *
 * @module
 */
import type { AskedInputs } from "../../data/asked/asked_inputs.ts";
import { SETS } from "../../data/asked/question.ts";
import { heldOut } from "../../data/asked/sets/hold_out.ts";
import {
  type NamedPair,
  sharedImages,
} from "../../data/asked/sets/shared_images.ts";
import type { AskedInput } from "../../reports/site/ask_options.ts";
import { count } from "../display/quantities.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";
import { aboutSets, countedImages, inGroups } from "./about_sets.ts";
import type { AskedQuestion } from "./ask_question.ts";
import { doneTo, step, stepsOfClasses, type ToldStep } from "./done_steps.ts";
import { missingPlaces } from "./missing_places.ts";
import { type PreparedWeights, preparedWeights } from "./given_weights.ts";
import { tableInputs } from "./table_inputs.ts";
import { type UsableSets, usableSets } from "./usable_sets.ts";

/** Inputs, or lists of what keeps them from being used, a line for each thing. */
export type PreparedInputs =
  | {
    readonly kind: "prepared";
    readonly inputs: AskedInputs;
    /** What was read, for the page. */
    readonly read: readonly AskedInput[];
    /** What was done to it. */
    readonly done: readonly ToldStep[];
    /** Images that two sets share, as far as that was seen from their files. */
    readonly shared: readonly NamedPair[];
    /** Size in bytes of what a stage has still to read: of tables. */
    readonly bytes: number;
  }
  | Extract<UsableSets, { readonly kind: "refused" }>;

/** How groups count in a trial. */
const IN_GROUPS =
  "In the intervals of a trial a group of shifted images counts as one; test images count one by one.";

/** Reads or packs what a question names. */
export async function preparedInputs(
  asked: AskedQuestion,
  command: { readonly quick: boolean },
  shell: Shell,
): Promise<PreparedInputs> {
  const { question } = asked;
  if (question.kind === "table") {
    const { problems, ...table } = await tableInputs(question, shell);
    return problems.length > 0
      ? { kind: "refused", lists: [problems] }
      : { kind: "prepared", ...table, done: [], shared: [] };
  }
  const missing = await missingPlaces(question, shell);
  if (missing.length > 0) return { kind: "refused", lists: [missing] };
  const given = await preparedWeights(question.weights ?? [], shell);
  const usable = await usableSets(asked, {
    question,
    quick: command.quick,
    also: given.problems,
  }, shell);
  if (usable.kind === "refused") return usable;
  const { sets, aligned } = usable;
  const { reference, test, shifted } = sets;
  const whole = aligned.sets.reference;
  const isLabelled = shifted.packed.set.labels !== null;
  const isTried = isLabelled && !command.quick;
  const shared = sharedImages(aligned.sets);
  const counted = countedImages(aligned.sets, shared);
  const all = SETS.flatMap((set) => {
    const { [set]: there } = sets;
    return there === undefined ? [] : [{ set, ...there }];
  });
  return {
    kind: "prepared",
    inputs: {
      kind: "images",
      sources: {
        reference: reference.packed.source,
        ...test === undefined ? {} : { test: test.packed.source },
        shifted: shifted.packed.source,
      },
      weights: given.weights,
      classes: question.classes,
      isLabelled,
      side: question.side,
      quick: command.quick,
      // The pipeline looks whether these are enough for its networks.
      ...command.quick ? {} : { counted },
    },
    read: [
      ...all.map(({ set, packed }) => ({
        name: set,
        path: pathFrom(shell.folder, question[set] ?? ""),
        sha256: packed.source.sha256,
        isPacked: true as const,
      })),
      ...given.read,
    ],
    done: [
      ...all.flatMap(({ set, packed, listing }) =>
        doneTo(set, { packed: packed.set, listing })
      ),
      ...test === undefined
        ? [
          step(
            `Of the ${count(whole.names.length, "reference image")} ${
              heldOut(whole).size
            } were held out at random as test images${
              inGroups(reference.packed.set)
            }.`,
          ),
        ]
        : [],
      ...stepsOfClasses(aligned, { isLabelled }),
      ...aboutSets(aligned.sets, shared),
      ...isTried && shifted.packed.set.groups !== null ? [step(IN_GROUPS)] : [],
      ...stepsOfWeights(given, { isUsed: isTried }),
    ],
    shared,
    bytes: 0,
  };
}

/** What is done with weights; nothing where no network learns the classes. */
function stepsOfWeights(
  { weights, leftOut }: PreparedWeights,
  { isUsed }: { readonly isUsed: boolean },
): readonly ToldStep[] {
  if (isUsed) return leftOut.map((text) => step(text));
  return weights.map(({ name }) =>
    step(`No network is trained to classify, so that ${name} is not used.`)
  );
}
