/**
 * Keys: the named record of everything that a stage's result may depend on.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { canonicalJson, type Digest, type Json } from "../define/hash.ts";
import {
  type Check,
  isJson,
  isNumber,
  isString,
  recordOf,
  shapeOf,
} from "../define/shape.ts";

/** Version of keys and of the store's layout; a change of either makes old records unreadable. */
export const STORE_FORMAT = 1;

const strings = recordOf(isString);

/** Whether a value is a key, as records in the store hold it. */
export const isKey: Check<Key> = shapeOf<Key>({
  format: isNumber,
  task: isString,
  result: strings,
  code: strings,
  packages: strings,
  params: recordOf(isJson),
  inputs: strings,
  environment: strings,
});

/** Everything a result may depend on, by name. */
export interface Key {
  /** {@linkcode STORE_FORMAT} when the key was made. */
  readonly format: number;
  /** Module and name of the task, e.g. `tasks/training/train.ts#train`. */
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

/** Most stages of a pipeline share their code, their packages and their environment: the text of these is made once. */
const texts = new WeakMap<object, string>();

/** Canonical JSON (RFC 8785) of a key. */
export function textOfKey(key: Key): string {
  return headOfKey(key) + restOfKey(key);
}

// In order of name, as the standard has it.
function headOfKey({ code }: Key): string {
  return `{"code":${sharedText(code)},`;
}

function restOfKey(key: Key): string {
  return `"environment":${sharedText(key.environment)},"format":${
    text(key.format)
  },"inputs":${fieldsText(key.inputs)},` +
    `"packages":${sharedText(key.packages)},"params":${
      fieldsText(key.params)
    },"result":${fieldsText(key.result)},"task":${text(key.task)}}`;
}

/** Digests of keys: each is asked for several times on its way through a run. */
const digests = new WeakMap<Key, Digest>();

/** The digest under which a record is kept: that of its key's tagged text. */
export function digestOfKey(key: Key): Digest {
  let digest = digests.get(key);
  if (digest === undefined) {
    digest = hashOfHead(key).update(`${restOfKey(key)}]`).digest("hex");
    digests.set(key, digest);
  }
  return digest;
}

/** The code, which is most of the text, is hashed once for all stages that share it. */
const heads = new WeakMap<Key["code"], Hash>();

function hashOfHead(key: Key): Hash {
  let hash = heads.get(key.code);
  if (hash === undefined) {
    hash = createHash("sha256").update(`["key",${headOfKey(key)}`);
    heads.set(key.code, hash);
  }
  return hash.copy();
}

function sharedText(record: Readonly<Record<string, Json>>): string {
  let known = texts.get(record);
  if (known === undefined) {
    known = fieldsText(record);
    texts.set(record, known);
  }
  return known;
}

function fieldsText(record: Readonly<Record<string, Json>>): string {
  const names = Object.keys(record);
  if (names.length > 1) names.sort();
  let fields = "";
  for (const name of names) {
    fields += `${fields === "" ? "" : ","}${text(name)}:${
      text(record[name] ?? null)
    }`;
  }
  return `{${fields}}`;
}

/** Characters that stand in JSON as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function text(value: Json): string {
  if (typeof value === "string" && PLAIN.test(value)) return `"${value}"`;
  return canonicalJson(value);
}
