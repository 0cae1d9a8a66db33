/**
 * The canonical text of keys. Most stages of a pipeline share their code, their
 * packages and their environment, so that the text of these is made once.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { canonicalJson, type Digest, type Json } from "./hash.ts";
import type { Key } from "./key.ts";

const texts = new WeakMap<object, string>();

/** Canonical JSON (RFC 8785) of a key. */
export function textOfKey(key: Key): string {
  // In order of name, as the standard has it.
  return `{"code":${sharedText(key.code)},"environment":${
    sharedText(key.environment)
  },"format":${text(key.format)},"inputs":${fieldsText(key.inputs)},` +
    `"packages":${sharedText(key.packages)},"params":${
      fieldsText(key.params)
    },"result":${fieldsText(key.result)},"task":${text(key.task)}}`;
}

/** A key is asked for its digest several times on its way through a run. */
const digests = new WeakMap<Key, Digest>();

/** The digest under which a record is kept: that of its key's tagged text. */
export function digestOfKey(key: Key): Digest {
  let digest = digests.get(key);
  if (digest === undefined) {
    digest = createHash("sha256").update(`["key",${textOfKey(key)}]`)
      .digest("hex");
    digests.set(key, digest);
  }
  return digest;
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
