/**
 * The key of a stage before its inputs are known: what it takes in of code,
 * packages, arguments and the machine.
 *
 * @module
 */
import { relative } from "node:path/posix";
import { fileURLToPath } from "node:url";
import type { CodeClosure, CodeReader } from "./code.ts";
import {
  type DefinitionSource,
  isDefinition,
  sourceOf,
} from "../define/definition.ts";
import type { Json } from "../define/hash.ts";
import { type Key, STORE_FORMAT } from "./key.ts";
import { leavesOf } from "../define/leaves.ts";
import { isRef, type Stage, targetOf } from "../define/ref.ts";
import type { Environment } from "../define/task_context.ts";

/** The part of a key that is known before any input is. */
export type StaticKey = Omit<Key, "inputs">;

/** Where code of this project is and what it runs on. */
export interface KeyContext {
  /** Reads the code of tasks and definitions. */
  readonly code: CodeReader;
  /** Folder of the project, to shorten the names of tasks and definitions. */
  readonly root: string;
  /** What stages may depend on besides Deno and the platform. */
  readonly environments: readonly Environment[];
}

/**
 * The keys of many stages without their inputs. Those with the same code share
 * its record.
 *
 * @throws {TypeError} if an argument is neither JSON nor a definition nor a ref,
 * or a task, definition or codec is not what its module exports under its name
 */
export async function staticKeysOf(
  stages: readonly Stage[],
  context: KeyContext,
): Promise<ReadonlyMap<Stage, StaticKey>> {
  await checkExports(stages, context);
  const params = new Map(
    stages.map((stage) => [stage, paramsOf(stage, context)]),
  );
  const shared = new Map<string, Promise<SharedKey>>();
  const keys = new Map<Stage, StaticKey>();
  for (const stage of stages) {
    const modules = modulesOf(stage);
    const id = modules.join("\n");
    const { code, packages, environment } = await shared.getOrInsertComputed(
      id,
      () => sharedKey(modules, context),
    );
    keys.set(stage, {
      format: STORE_FORMAT,
      task: nameIn(context.root, stage.task),
      result: formatsOf(stage),
      code,
      packages,
      environment,
      params: params.get(stage) ?? {},
    });
  }
  return keys;
}

/**
 * The key of one of them.
 *
 * @throws {TypeError} if the stage is of another graph
 */
export function keyIn(
  keys: ReadonlyMap<Stage, StaticKey>,
  stage: Stage,
): StaticKey {
  const key = keys.get(stage);
  if (key !== undefined) return key;
  throw new TypeError(
    `Cannot key stage "${stage.name}": it is not in this graph`,
  );
}

type SharedKey = Pick<Key, "code" | "packages" | "environment">;

/** The parts of a key that are the same for all stages with the same code. */
async function sharedKey(
  modules: readonly string[],
  { code, environments }: KeyContext,
): Promise<SharedKey> {
  const { files, packages } = await closureOf(modules, code);
  return {
    code: files,
    packages,
    environment: environmentOf(packages, environments),
  };
}

/** What a key with these packages names of the machine: Deno and the platform, and the facts of the environments that it depends on. */
export function environmentOf(
  packages: Key["packages"],
  environments: readonly Environment[],
): Key["environment"] {
  return Object.assign(
    {
      deno: Deno.version.deno,
      platform: `${Deno.build.os} ${Deno.build.arch}`,
    },
    ...environments
      .filter((environment) => environment.package in packages)
      .map(({ facts }) => facts),
  );
}

/** What was found to be what its module exports. */
const exported = new WeakSet<object>();

/**
 * Makes sure that isolates, which import what a stage is made of by module and
 * name, import what is here: of two things under one name it would be another.
 *
 * @throws {TypeError} if not
 */
async function checkExports(
  stages: readonly Stage[],
  { root }: KeyContext,
): Promise<void> {
  for (const stage of stages) {
    for (const part of partsOf(stage)) {
      if (exported.has(part.value)) continue;
      if (await isOtherExport(part)) {
        throw new TypeError(
          `Cannot use the ${part.what} "${part.source.name}" of stage "${stage.name}": ${
            nameIn(root, part.source)
          } is another; name each after its own export`,
        );
      }
      exported.add(part.value);
    }
  }
}

/** What isolates import for a stage. */
interface Part {
  readonly what: "task" | "definition" | "codec";
  readonly value: object;
  readonly source: DefinitionSource;
}

function* partsOf(stage: Stage): Generator<Part> {
  const { task } = stage;
  if (task.self !== undefined) {
    yield { what: "task", value: task.self, source: task };
  }
  for (const { leaf } of leavesOf(stage)) {
    if (!isDefinition(leaf)) continue;
    yield { what: "definition", value: leaf, source: sourceOf(leaf) };
  }
  for (const codec of Object.values(task.codecs)) {
    yield { what: "codec", value: codec, source: sourceOf(codec) };
  }
}

/** Whether a module exports something else under that name; of what it does not export an isolate says so. */
async function isOtherExport(
  { what, value, source: { module, name } }: Part,
): Promise<boolean> {
  const exports: Readonly<Record<string, unknown>> = await import(module)
    .catch(() => ({}));
  if (!(name in exports)) return false;
  const found = exports[name];
  if (what !== "codec") return found !== value;
  // Codecs of one format are many, as those that check JSON.
  return !isDefinition(found) ||
    Reflect.get(found, "name") !== Reflect.get(value, "name");
}

function paramsOf(
  stage: Stage,
  { root }: KeyContext,
): Readonly<Record<string, Json>> {
  const params: [path: string, value: Json][] = [];
  for (const { leaf, path } of leavesOf(stage)) {
    if (isRef(leaf)) continue;
    if (leaf === undefined && path === "") continue; // called without arguments
    params.push([
      path,
      isDefinition(leaf)
        ? { definition: nameIn(root, sourceOf(leaf)) }
        : jsonAt(leaf, path, stage),
    ]);
  }
  return Object.fromEntries(params);
}

/** The name of each field's codec. */
function formatsOf({ task }: Stage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(task.codecs).map(([field, { name }]) => [field, name]),
  );
}

/**
 * All code that a stage's result may depend on: that of its task, of the
 * definitions among its arguments, and of the codecs that read its inputs.
 */
export function codeOf(stage: Stage, code: CodeReader): Promise<CodeClosure> {
  return closureOf(modulesOf(stage), code);
}

/** URLs of the modules that a stage names: whatever they import is its code. */
export function modulesOf(stage: Stage): readonly string[] {
  const modules = new Set([stage.task.module]);
  for (const { leaf } of leavesOf(stage)) {
    if (isDefinition(leaf)) modules.add(sourceOf(leaf).module);
  }
  for (const { leaf } of leavesOf(stage)) {
    if (!isRef(leaf)) continue;
    const target = targetOf(leaf);
    const codec = target.stage.task.codecs[target.field];
    if (codec !== undefined) modules.add(sourceOf(codec).module);
  }
  return [...modules];
}

async function closureOf(
  modules: readonly string[],
  code: CodeReader,
): Promise<CodeClosure> {
  const closures = await Promise.all(
    modules.map((module) => code.closureOf(module)),
  );
  const [only] = closures;
  if (only !== undefined && closures.length === 1) return only;
  return {
    files: Object.assign({}, ...closures.map(({ files }) => files)),
    packages: Object.assign({}, ...closures.map(({ packages }) => packages)),
  };
}

/** Module and name of an export, e.g. `tasks/training/train.ts#train`, wherever the project lies: of a module outside of it the path begins with `../`. */
function nameIn(
  root: string,
  { module, name }: { readonly module: string; readonly name: string },
): string {
  const place = `${root} ${module}`;
  let path = paths.get(place);
  if (path === undefined) {
    path = relative(root, fileURLToPath(module));
    paths.set(place, path);
  }
  return `${path}#${name}`;
}

/** Paths of modules in a root: thousands of stages have the same few. */
const paths = new Map<string, string>();

function jsonAt(leaf: unknown, path: string, stage: Stage): Json {
  switch (typeof leaf) {
    case "string":
      if (leaf.isWellFormed()) return leaf;
      break;
    case "boolean":
      return leaf;
    case "number":
      if (Number.isFinite(leaf)) return leaf + 0; // −0 is 0, as the task sees it too
      break;
    case "object":
      if (leaf === null) return leaf;
      if (Array.isArray(leaf)) return [];
      if (
        Object.getPrototypeOf(leaf) === Object.prototype &&
        Object.getOwnPropertySymbols(leaf).length === 0
      ) return {};
      break;
  }
  throw new TypeError(
    `Cannot use argument "${path}" of stage "${stage.name}": ${
      Deno.inspect(leaf, { depth: 0 })
    } is neither JSON nor a definition nor a ref`,
  );
}
