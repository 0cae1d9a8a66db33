/**
 * Edits of code of which it was tried that they change no result: what a stage
 * made before such an edit stands for what it would make after it.
 *
 * They are said in a file of the project, which is read with the code and kept
 * with it: whoever has the edit has the statement, too.
 *
 * @module
 */
import { join } from "node:path";
import { canonicalJson, type Digest } from "../define/hash.ts";
import { readJson } from "../define/json.ts";
import { messageOf } from "../define/message_of.ts";
import {
  type Check,
  isString,
  listOf,
  nullOr,
  recordOf,
  shapeOf,
} from "../define/shape.ts";
import { digestOfKey, type Key } from "./key.ts";

/** The file, in the project's root. */
export const ACCEPTED_EDITS = "accepted_edits.json";

const WAY_OUT = "take it from the last commit, or remove it";

/** What something was before and after an edit; null where it was not there. */
type Change = readonly [before: string | null, after: string | null];

/** What differs between the code of two keys that have all else in common. */
export interface Edit {
  /** Digests of modules, by path relative to the project's root. */
  readonly code: Readonly<Record<string, Change>>;
  /** Versions and digests of packages, by name. */
  readonly packages: Readonly<Record<string, Change>>;
  /** The environment in both keys. */
  readonly environment: Key["environment"];
}

/** Stages of one task, with the same definitions among their arguments. */
export interface Kind {
  readonly task: string;
  /** Where each definition is from, in order of name: wherever it stands, and however often. */
  readonly definitions: readonly string[];
}

/** A kind of which stages were run again, and gave the same bytes. */
export interface TriedKind extends Kind {
  /** Names of these stages. */
  readonly stages: readonly string[];
}

/** An edit, and what was run again to see that it changes nothing. */
export interface AcceptedEdit extends Edit {
  /** For stages of these kinds it is accepted. */
  readonly tried: readonly TriedKind[];
  /** When it was tried: ISO 8601, UTC. */
  readonly accepted: string;
}

/** The edits that a project accepts. */
export interface AcceptedEdits {
  /** As the file has them. */
  readonly list: readonly AcceptedEdit[];
  /** The keys that a stage had before such edits, one after the other, the newest undone first: what it made by them stands for what it would make by this one. */
  earlier(key: Key): Iterable<Key>;
}

/**
 * So many keys are looked for: edits that do not touch each other lead to as
 * many as they have subsets. The newest are undone first, so that these are the
 * states that the code went through.
 */
const MOST_KEYS = 256;

/** Half of a surrogate pair is no text that a key could hold. */
const isText: Check<string> = (value): value is string =>
  isString(value) && value.isWellFormed();

const isChange: Check<Change> = (value): value is Change =>
  listOf(nullOr(isText))(value) && value.length === 2;

const isContent = shapeOf({
  edits: listOf(shapeOf<AcceptedEdit>({
    code: recordOf(isChange),
    packages: recordOf(isChange),
    environment: recordOf(isText),
    tried: listOf(shapeOf<TriedKind>({
      task: isText,
      definitions: listOf(isText),
      stages: listOf(isText),
    })),
    accepted: isText,
  })),
});

/**
 * Reads the edits that a project accepts: none, if it has no such file.
 *
 * @param root folder of the project
 * @throws {SyntaxError} if the file is not what it should be
 * @throws {Error} if it cannot be read
 */
export function readAcceptedEdits(root: string): AcceptedEdits {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(root, ACCEPTED_EDITS));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return acceptedEdits([]);
    throw new Error(
      `Cannot read ${ACCEPTED_EDITS}: ${messageOf(error)}; ${WAY_OUT}`,
      { cause: error },
    );
  }
  const content = readJson(text, isContent);
  if (content === undefined) {
    throw new SyntaxError(
      `Cannot read ${ACCEPTED_EDITS}: it is not as deno task accept writes it; ${WAY_OUT}`,
    );
  }
  return acceptedEdits(content.edits);
}

/** Edits that are accepted. */
export function acceptedEdits(list: readonly AcceptedEdit[]): AcceptedEdits {
  const environments = new Map(
    list.map((edit) => [edit, canonicalJson(edit.environment)]),
  );
  const kinds = new Map(
    list.map((edit) => [edit, new Set(edit.tried.map(idOfKind))]),
  );
  /** Most stages share their code: it is looked at once. */
  const known = new Map(list.map((edit) => [edit, codeBefore(edit)]));

  function* earlier(key: Key): Iterable<Key> {
    if (list.length === 0) return;
    const environment = canonicalJson(key.environment);
    const kind = idOfKind(kindOf(key));
    const edits = list.filter((edit) =>
      kinds.get(edit)?.has(kind) &&
      environments.get(edit) === environment
    );
    const keys = new Set([digestOfKey(key)]);
    const path = [{ key, next: edits.length }];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      if (keys.size > MOST_KEYS) return;
      const edit = edits[--at.next];
      if (edit === undefined) {
        path.pop();
        continue;
      }
      const packages = before(at.key.packages, edit.packages);
      const code = packages && known.get(edit)?.(at.key.code);
      if (code === undefined || packages === undefined) continue;
      const then = { ...at.key, code, packages };
      const digest = digestOfKey(then);
      if (keys.has(digest)) continue;
      keys.add(digest);
      yield then;
      path.push({ key: then, next: edits.length });
    }
  }

  return { list, earlier };
}

/** Code before an edit, the same object for the same code. */
function codeBefore(
  edit: Edit,
): (code: Key["code"]) => Key["code"] | undefined {
  const known = new WeakMap<Key["code"], { readonly then?: Key["code"] }>();
  return (code) => {
    let found = known.get(code);
    if (found === undefined) {
      const then = before(code, edit.code);
      known.set(code, found = then === undefined ? {} : { then });
    }
    return found.then;
  };
}

/** A part of a key as it was before some changes; `undefined` if it is not what they led to. */
function before(
  now: Readonly<Record<string, string>>,
  changes: Edit["code"],
): Readonly<Record<string, string>> | undefined {
  const all = Object.entries(changes);
  if (all.some(([name, [, after]]) => (now[name] ?? null) !== after)) {
    return undefined;
  }
  if (all.length === 0) return now;
  const then = { ...now };
  for (const [name, [before]] of all) {
    if (before === null) delete then[name];
    else then[name] = before;
  }
  return then;
}

/** The text of the file. */
export function textOfAccepted(edits: readonly AcceptedEdit[]): string {
  return `${JSON.stringify({ edits }, null, 2)}\n`;
}

/** What differs in the code of two keys; `undefined` if that is nothing, or if anything else differs. */
export function editBetween(before: Key, after: Key): Edit | undefined {
  const code = changesBetween(before.code, after.code);
  const packages = changesBetween(before.packages, after.packages);
  const isEdit = Object.keys(code).length + Object.keys(packages).length > 0;
  return isEdit && restOf(before) === restOf(after)
    ? { code, packages, environment: after.environment }
    : undefined;
}

/** The kind of the stage of a key. */
export function kindOf({ task, params }: Key): Kind {
  const found = Object.values(params).filter(isDefinition)
    .map(({ definition }) => definition);
  const definitions = [...new Set(found)].sort();
  return { task, definitions };
}

const isDefinition = shapeOf<{ definition: string }>({ definition: isString });

/** Text by which kinds are the same. */
export function idOfKind({ task, definitions }: Kind): string {
  return canonicalJson({ task, definitions });
}

/** Text by which edits are the same. */
export function idOfEdit({ code, packages, environment }: Edit): string {
  return canonicalJson({ code, packages, environment });
}

function restOf({ code: _, packages: __, ...rest }: Key): string {
  return canonicalJson(rest);
}

function changesBetween(
  before: Readonly<Record<string, Digest>>,
  after: Readonly<Record<string, Digest>>,
): Edit["code"] {
  const names = Object.keys({ ...before, ...after }).sort();
  const changed = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(
    changed.map((name) => [name, [before[name] ?? null, after[name] ?? null]]),
  );
}
