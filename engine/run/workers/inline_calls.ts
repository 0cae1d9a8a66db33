/**
 * Makes the results of inline tasks inside the stages that take them.
 *
 * @module
 */
import { type InlineCall, isInlineCall } from "../../define/inline.ts";
import { messageOf } from "../../define/message_of.ts";
import { isPlain } from "../../define/ref.ts";
import { anyTaskOf } from "../../define/task.ts";
import type { TaskContext } from "../../define/task_context.ts";

/** What the arguments of a stage are given. */
export interface GivenToCalls {
  readonly context: TaskContext;
  /** Artifacts and definitions among the arguments: nothing in them is a call. */
  readonly given: ReadonlySet<unknown>;
}

/** The arguments of a stage, with values in the place of calls. */
export type MakeCalls = (
  args: unknown,
  given: GivenToCalls,
) => Promise<unknown>;

/** A call that was made, and its result by field, as its codecs write and read it. */
interface Made {
  readonly leaves: readonly unknown[];
  readonly result: Promise<Readonly<Record<string, unknown>>>;
}

/** A part of the arguments, and where it stands. */
interface Place extends GivenToCalls {
  readonly path: string;
}

/**
 * For stages that run together. A call that several of them have at the same
 * place is made once, and its result is the same value for all of them, as an
 * artifact is.
 */
export function callMaker(): MakeCalls {
  const made = new Map<string, Made[]>();

  /** One call after the other: those that compute with tensors share an engine. */
  async function valueOf(part: unknown, place: Place): Promise<unknown> {
    const { given, path } = place;
    if (!hasCall(part, given)) return part;
    if (isInlineCall(part)) return await resultOf(part, place);
    const parts: [string, unknown][] = [];
    for (const [name, one] of Object.entries(part as object)) {
      const at = { ...place, path: path === "" ? name : `${path}.${name}` };
      parts.push([name, await valueOf(one, at)]);
    }
    return Array.isArray(part)
      ? parts.map(([, one]) => one)
      : Object.fromEntries(parts);
  }

  async function resultOf(call: InlineCall, place: Place): Promise<unknown> {
    const { given, path } = place;
    const args = await valueOf(call.from, place);
    const leaves = [call.by, ...tokensOf(args, given)];
    const here = made.getOrInsertComputed(path, () => []);
    let known = here.find((one) =>
      one.leaves.length === leaves.length &&
      one.leaves.every((leaf, i) => Object.is(leaf, leaves[i]))
    );
    if (known === undefined) {
      known = { leaves, result: run(call, { args, place }) };
      here.push(known);
    }
    return (await known.result)[call.field];
  }

  return (args, given) => valueOf(args, { ...given, path: "" });
}

/** Runs a call, and passes its result through its codecs, with their checks. */
async function run(
  { by }: InlineCall,
  { args, place: { context, path } }: {
    readonly args: unknown;
    readonly place: Place;
  },
): Promise<Readonly<Record<string, unknown>>> {
  const { name, run, codecs } = anyTaskOf(by);
  try {
    const result = await run(args, { ...context, ...ofNoStage(name) });
    return Object.fromEntries(
      Object.entries(codecs).map(([field, codec]) => [
        field,
        codec.decode(codec.encode(result[field])),
      ]),
    );
  } catch (cause) {
    const why = messageOf(cause);
    throw new Error(`${why}, in ${name}(), which makes argument "${path}"`, {
      cause,
    });
  }
}

/** The unfinished work and the progress of a stage are its own task's. */
function ofNoStage(name: string): Pick<TaskContext, "scratch" | "progress"> {
  const refuse = () =>
    Promise.reject(
      new TypeError(
        `Cannot keep unfinished work of ${name}: it is part of another stage`,
      ),
    );
  return { scratch: { load: refuse, save: refuse }, progress: () => {} };
}

/** Names and leaves in turn, no two arguments alike in all of them: artifacts are the same where they were decoded once. */
function tokensOf(
  part: unknown,
  given: ReadonlySet<unknown>,
): readonly unknown[] {
  if (given.has(part) || !isWalked(part)) return [part];
  return [
    Array.isArray(part) ? "[" : "{",
    ...Object.entries(part).flatMap(([name, one]) => [
      name,
      ...tokensOf(one, given),
    ]),
    "}",
  ];
}

function hasCall(part: unknown, given: ReadonlySet<unknown>): boolean {
  if (given.has(part) || !isWalked(part)) return false;
  return isInlineCall(part) ||
    Object.values(part).some((one) => hasCall(one, given));
}

function isWalked(part: unknown): part is object {
  return Array.isArray(part) || isPlain(part);
}
