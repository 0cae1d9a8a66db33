/**
 * The graph of a pipeline: its stages in an order in which each comes after
 * those it depends on.
 *
 * @module
 */
import { isDefinition } from "../define/definition.ts";
import { leavesOf, type PlacedLeaf } from "../define/leaves.ts";
import {
  branchesOf,
  isOrElse,
  isRef,
  type Stage,
  targetOf,
  walkLeaves,
} from "../define/ref.ts";
import { isName } from "../store/record_fields.ts";

/** One use of an artifact by a stage. */
export interface Input {
  /** Where the artifact stands in the arguments, e.g. `sets.reference`. */
  readonly path: string;
  /** The stage that makes the artifact. */
  readonly stage: Stage;
  /** Field of the result of that stage. */
  readonly field: string;
}

/** A stage with its place in the graph. */
export interface Node {
  /** The stage itself. */
  readonly stage: Stage;
  /** Every artifact among the arguments of the stage, in order of place. */
  readonly inputs: readonly Input[];
  /** Number of stages on the longest way from here to an output, itself included. */
  readonly height: number;
}

/** The stages that an output needs, producers first. */
export interface Graph {
  /** All stages, each after those it depends on. */
  readonly nodes: readonly Node[];
  /**
   * The node of a stage.
   *
   * @throws {TypeError} if the stage is not in this graph
   */
  node(stage: Stage): Node;
  /**
   * The node of a stage name.
   *
   * @returns `undefined` if no stage has that name
   */
  find(name: string): Node | undefined;
}

/**
 * The graph below an output. Calls of one task with the same label and the
 * same arguments are one stage, so that parts of a pipeline need not hand
 * their stages to each other.
 *
 * @param output a value with refs in it, as `build` of a pipeline returns
 * @throws {TypeError} if two different stages have one name, or a ref was made text
 */
export function graphOf(output: unknown): Graph {
  const inputs = new Map<Stage, readonly Input[]>();
  const calls: Stage[] = [];

  // Depth first, with a stack of its own: a chain may be longer than the call stack.
  const stack = refsIn(output).map(({ stage }) => stage).reverse();
  const placed = new Set<Stage>();
  for (let stage = stack.at(-1); stage !== undefined; stage = stack.at(-1)) {
    if (!inputs.has(stage)) {
      const found = inputsOf(stage);
      inputs.set(stage, found);
      for (const { stage: input } of found.toReversed()) stack.push(input);
    } else {
      stack.pop();
      if (!placed.has(stage)) calls.push(stage);
      placed.add(stage);
    }
  }

  const same = uniteCalls(calls);
  const order = calls.filter((stage) => same.get(stage) === stage);
  for (const stage of order) {
    const found = inputs.get(stage) ?? [];
    if (found.every((input) => same.get(input.stage) === input.stage)) continue;
    inputs.set(
      stage,
      found.map((input) => ({
        ...input,
        stage: same.get(input.stage) ?? input.stage,
      })),
    );
  }

  const height = new Map<Stage, number>();
  for (const stage of order.toReversed()) {
    const own = height.get(stage) ?? 1;
    height.set(stage, own);
    for (const input of inputs.get(stage) ?? []) {
      height.set(
        input.stage,
        Math.max(height.get(input.stage) ?? 1, own + 1),
      );
    }
  }

  const nodes = order.map((stage): Node => ({
    stage,
    inputs: inputs.get(stage) ?? [],
    height: height.get(stage) ?? 1,
  }));
  const byStage = new Map(nodes.map((node) => [node.stage, node]));
  const byName = new Map(nodes.map((node) => [node.stage.name, node]));
  return {
    nodes,
    node(stage) {
      const node = byStage.get(same.get(stage) ?? stage);
      if (node === undefined) {
        throw new TypeError(
          `Cannot find stage "${stage.name}": it is not in this graph`,
        );
      }
      return node;
    },
    find: (name) => byName.get(name),
  };
}

/**
 * For each call the first one with its name, which must have its arguments.
 *
 * @param calls each after those it depends on
 */
function uniteCalls(calls: readonly Stage[]): ReadonlyMap<Stage, Stage> {
  const first = new Map<string, Stage>();
  const same = new Map<Stage, Stage>();
  const nameless = calls.find(({ name }) => !isName(name));
  if (nameless !== undefined) {
    throw new TypeError(
      `Cannot build the graph: ${
        JSON.stringify(nameless.name.slice(0, 80))
      } is not a name for a stage, which is one line of text; give it another label`,
    );
  }
  for (const { name } of calls) checkText(name, `name of stage "${name}"`);
  for (const stage of calls) {
    const known = first.get(stage.name);
    if (known === undefined) first.set(stage.name, stage);
    else if (!isSameTask(known, stage) || !haveSameArgs(known, stage, same)) {
      throw new TypeError(
        `Cannot build the graph: two stages with different arguments are named "${stage.name}"; give one of them another label`,
      );
    }
    same.set(stage, known ?? stage);
  }
  return same;
}

function haveSameArgs(
  a: Stage,
  b: Stage,
  same: ReadonlyMap<Stage, Stage>,
): boolean {
  const [ofA, ofB] = [leavesOf(a), leavesOf(b)];
  if (ofA.length !== ofB.length) return false;
  const byPath = new Map(ofB.map(({ path, leaf }) => [path, leaf]));
  return ofA.every(({ path, leaf }) =>
    byPath.has(path) && isSameLeaf([leaf, byPath.get(path)], same)
  );
}

/** Whether two leaves are the same; one that is neither data nor a ref, such as a definition, is so only as itself. */
function isSameLeaf(
  [a, b]: readonly [PlacedLeaf["leaf"], PlacedLeaf["leaf"]],
  same: ReadonlyMap<Stage, Stage>,
): boolean {
  if (a === b || Number.isNaN(a) && Number.isNaN(b)) return true;
  if (isRef(a) && isRef(b)) {
    const [x, y] = [targetOf(a), targetOf(b)];
    return same.get(x.stage) === same.get(y.stage) && x.field === y.field;
  }
  return isEmpty(a) && isEmpty(b) && Array.isArray(a) === Array.isArray(b);
}

/** Whether it is a list or a record of nothing, which is no name of itself. */
function isEmpty(leaf: unknown): boolean {
  return Array.isArray(leaf) ||
    typeof leaf === "object" && leaf !== null && !isDefinition(leaf) &&
      !isRef(leaf) && Object.getPrototypeOf(leaf) === Object.prototype;
}

function isSameTask({ task: a }: Stage, { task: b }: Stage): boolean {
  return a.module === b.module && a.name === b.name;
}

function inputsOf(stage: Stage): readonly Input[] {
  const found: Input[] = [];
  for (const { path, leaf } of leavesOf(stage)) {
    if (isRef(leaf)) found.push({ path, ...targetOf(leaf) });
    else checkText(leaf, `argument "${path}" of stage "${stage.name}"`);
  }
  return found;
}

function refsIn(output: unknown): readonly Omit<Input, "path">[] {
  const found: Omit<Input, "path">[] = [];
  const visit = (leaf: unknown, path: string) => {
    if (isRef(leaf)) found.push(targetOf(leaf));
    else if (isOrElse(leaf)) walkLeaves(branchesOf(leaf).value, visit, path);
    else checkText(leaf, `text "${path}"`);
  };
  walkLeaves(output, visit);
  return found;
}

/** Refuses text into which a ref was written: its value is not known yet. */
function checkText(leaf: unknown, place: string): void {
  if (typeof leaf !== "string" || !leaf.includes("[object Object]")) return;
  throw new TypeError(
    `Cannot write a ref into the ${place}: its value is known only when its stage has run; let a task write the text`,
  );
}
