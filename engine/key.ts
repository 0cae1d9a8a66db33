/**
 * Keys: the named record of everything that a stage's result may depend on.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { CodeClosure, CodeReader } from "./code.ts";
import { isDefinition, sourceOf } from "./definition.ts";
import { type Digest, digestOfJson, type Json } from "./hash.ts";
import { isRef, mapLeaves, type Stage, targetOf, walkRefs } from "./ref.ts";

/** Version of keys and of the store's layout; a change of either makes old records unreadable. */
export const STORE_FORMAT = 1;

const record = z.record(z.string(), z.string());

/** Schema of a key, as records in the store hold it. */
export const keySchema = z.object({
  format: z.number(),
  task: z.string(),
  result: record,
  code: record,
  packages: record,
  params: z.record(z.string(), z.json()),
  inputs: record,
  environment: record,
});

/** Everything a result may depend on, by name. */
export interface Key {
  /** {@linkcode STORE_FORMAT} at the time. */
  readonly format: number;
  /** Which task, e.g. `tasks/train.ts#train`. */
  readonly task: string;
  /** Codec of each field: another format is another artifact. */
  readonly result: Readonly<Record<string, string>>;
  /** Digest of each module in the closure of the task and of the definitions it is given. */
  readonly code: Readonly<Record<string, Digest>>;
  /** Version and digest of each package that the closure imports. */
  readonly packages: Readonly<Record<string, string>>;
  /** The arguments that are plain values, by path; of a definition, where it is from. */
  readonly params: Readonly<Record<string, Json>>;
  /** The digest of each artifact among the arguments, by path. */
  readonly inputs: Readonly<Record<string, Digest>>;
  /** What of the machine the result may depend on. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A machine property that matters to whatever imports a package. */
export interface Environment {
  /** The stages whose closure imports this package depend on the facts. */
  readonly package: string;
  /** By name, e.g. `device` and `adapter`. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The part of a key that is known before any input is. */
export type StaticKey = Omit<Key, "inputs">;

/** The digest under which a record is kept. */
export function digestOfKey(key: Key): Digest {
  let digest = digests.get(key);
  if (digest === undefined) {
    digest = digestOfJson("key", key as unknown as Json);
    digests.set(key, digest);
  }
  return digest;
}

/** A key is asked for its digest several times on its way through a run. */
const digests = new WeakMap<Key, Digest>();

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
 * The key of a stage without its inputs.
 *
 * @throws {TypeError} if an argument is neither JSON nor a definition nor a ref
 */
export async function staticKeyOf(
  stage: Stage,
  context: KeyContext,
): Promise<StaticKey> {
  const params: [path: string, value: Json][] = [];
  mapLeaves(stage.args, (leaf, path) => {
    if (isRef(leaf)) return;
    if (leaf === undefined && path === "") return; // called without arguments
    params.push([
      path,
      isDefinition(leaf)
        ? { definition: nameIn(context.root, sourceOf(leaf)) }
        : jsonAt(leaf, path, stage),
    ]);
  });
  const { files, packages } = await codeOf(stage, context.code);
  return {
    format: STORE_FORMAT,
    task: nameIn(context.root, stage.task),
    result: Object.fromEntries(
      Object.entries(stage.task.codecs).map((
        [field, { name }],
      ) => [field, name]),
    ),
    code: files,
    packages,
    params: Object.fromEntries(params),
    environment: Object.assign(
      {
        deno: Deno.version.deno,
        platform: `${Deno.build.os} ${Deno.build.arch}`,
      },
      ...context.environments
        .filter((environment) => environment.package in packages)
        .map(({ facts }) => facts),
    ),
  };
}

/**
 * All code that a stage's result may depend on: that of its task, of the
 * definitions among its arguments, and of the codecs that read its inputs.
 */
export async function codeOf(
  stage: Stage,
  code: CodeReader,
): Promise<CodeClosure> {
  const closures = await Promise.all(
    modulesOf(stage).map((module) => code.closureOf(module)),
  );
  const [only] = closures;
  if (only !== undefined && closures.length === 1) return only;
  return {
    files: Object.assign({}, ...closures.map(({ files }) => files)),
    packages: Object.assign({}, ...closures.map(({ packages }) => packages)),
  };
}

/** URLs of the modules that a stage names: whatever they import is its code. */
export function modulesOf(stage: Stage): readonly string[] {
  const modules = new Set([stage.task.module]);
  mapLeaves(stage.args, (leaf) => {
    if (isDefinition(leaf)) modules.add(sourceOf(leaf).module);
  });
  walkRefs(stage.args, (ref) => {
    const target = targetOf(ref);
    const codec = target.stage.task.codecs[target.field];
    if (codec?.module !== undefined) modules.add(codec.module);
  });
  return [...modules];
}

/** `tasks/train.ts#train` */
function nameIn(
  root: string,
  source: { readonly module: string; readonly name: string },
): string {
  const path = fileURLToPath(source.module);
  const from = root.endsWith("/") ? root : `${root}/`;
  return `${
    path.startsWith(from) ? path.slice(from.length) : path
  }#${source.name}`;
}

function jsonAt(leaf: unknown, path: string, stage: Stage): Json {
  switch (typeof leaf) {
    case "string":
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
