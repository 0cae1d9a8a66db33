/** Keys of arguments and of code: equal for what is the same, and else different. */
import assert from "node:assert/strict";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, type Token } from "acorn";
import fc from "fast-check";
import { bytes } from "../../engine/define/codec.ts";
import { canonicalJson, type Json } from "../../engine/define/hash.ts";
import { targetOf } from "../../engine/define/ref.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { CodeReader } from "../../engine/keys/code.ts";
import { digestOfKey, isKey } from "../../engine/keys/key.ts";
import { keyIn, staticKeysOf } from "../../engine/keys/static_key.ts";
import { readSyntax } from "../../engine/keys/syntax.ts";
import { filesBelow } from "../files_below.ts";
import { fuzz } from "./fuzz.ts";
import { editedJson, jsonEdits } from "./mutations.ts";
import { STORE } from "./small_store.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const code: CodeReader = {
  bytes: new Map(),
  closureOf: (module) =>
    Promise.resolve({ files: { [module]: "1" }, packages: {} }),
};

const task = defineTask({
  module: import.meta.url,
  name: "task",
  result: bytes,
  run: (_: unknown) => new Uint8Array(),
});

/** The digest of a key, or why there is none. */
async function digestFor(argument: Json): Promise<string> {
  try {
    const { stage } = targetOf(task(argument as never));
    const context = { code, root: ROOT, environments: [] };
    const key = keyIn(await staticKeysOf([stage], context), stage);
    return digestOfKey({ ...key, inputs: {} });
  } catch (error) {
    assert.ok(error instanceof TypeError, String(error));
    assert.match(error.message, /^Cannot /);
    return error.message;
  }
}

/** The same value with the fields of its records in another order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, turned(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

const json = fc.jsonValue({
  maxDepth: 3,
  stringUnit: "grapheme",
}) as fc.Arbitrary<Json>;

fuzz(
  "staticKeysOf() tells two arguments apart if they differ, and only then",
  fc.record({ argument: json, edits: jsonEdits }),
  async ({ argument, edits }) => {
    const text = editedJson({ argument }, edits);
    // Lists in lists deeper than a stack, and numbers that are none.
    if (text.length > 20_000 || /1e999/.test(text)) return;
    const other = JSON.parse(text) as Json;
    const digest = await digestFor({ argument });
    assert.equal(await digestFor(turned({ argument })), digest);
    let isSame;
    try {
      isSame = canonicalJson({ argument }) === canonicalJson(other);
    } catch {
      return; // letters that are none
    }
    assert.equal(await digestFor(other) === digest, isSame);
  },
);

const KEYS = [...STORE].filter(([path]) => path.startsWith("records/"))
  .map(([, bytes]) => JSON.parse(new TextDecoder().decode(bytes)).key);

fuzz(
  "digestOfKey() tells two keys apart if they differ, and only then",
  fc.record({ key: fc.nat({ max: KEYS.length - 1 }), edits: jsonEdits }),
  ({ key, edits }) => {
    const text = editedJson(KEYS[key], edits);
    if (text.length > 20_000 || /1e999/.test(text)) return;
    const other: unknown = JSON.parse(text);
    if (!isKey(other)) return;
    const fields = Object.keys(KEYS[key]);
    const own = Object.fromEntries(
      Object.entries(other).filter(([name]) => fields.includes(name)),
    );
    let isSame;
    try {
      isSame = canonicalJson(own as Json) === canonicalJson(KEYS[key]);
    } catch {
      return; // letters that are none
    }
    assert.equal(digestOfKey(other) === digestOfKey(KEYS[key]), isSame);
  },
);

/** What modules of this repository seldom say. */
const SELDOM = String.raw`
import q, { r as s } from "./q.ts";
import * as u from "./u.ts";
import w from "./w.json" with { type: "json" };
outer: for (const a of q) { if (a) continue outer; else break outer; }
class A extends s {
  #p = 1n; static q = 0x10; static { this.r = /[/]x/giu; } ["c" + 1] = -0;
  get v() { return this.#p; }
  set v(x) { this.#p = x; }
  async *g() { yield* u; yield 1; }
  constructor() { super(); new.target; }
  static async m([a, ...b], { c = 1, ...d } = {}) { return { a, b, c, "d": d }; }
}
const t = q${"`a${1}\\n${`b${t}`}`"}, y = ${"`c`"};
const { a: { b }, ...c } = w;
var e = 1e999, f = -0, g = 0b11, h = .5, i = "\u0061", j = 'it\'s', k = 1_0;
switch (e) { case 1: f(); break; case 2: default: g(); }
try { a(); } catch { h(); } finally { i(); }
do { j(); } while (k); while (c) b(); for (;;) {} for (const l in t) {}
e ??= f; e ||= g; e &&= h; e **= 2; e >>>= 1; (e, f); void 0; typeof i; delete w.x;
e?.f?.[g]?.(h); e = f ? g : h; if (e) { f(); } else if (g) h(); else { i(); j(); }
export { e as "z z", f as default }; export * as v from "./v.ts"; export * from "./o.ts";
export async function* n(x = () => ({}), ...z) { for await (const o of x) await z; }
`;

/** Modules without their types. */
const MODULES = [
  ...Array(20).fill(SELDOM),
  ...["engine", "stats", "cli/arguments", "reports/document"]
    .flatMap((folder) =>
      filesBelow(join(ROOT, folder)).map((path) => join(folder, path))
    )
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map((path) =>
      stripTypeScriptTypes(Deno.readTextFileSync(join(ROOT, path)))
    ),
];

interface Module {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly digest: string;
}

const read = new Map<number, Module>();

function moduleAt(at: number): Module {
  return read.getOrInsertComputed(at % MODULES.length, (at) => {
    const text = MODULES[at] ?? "";
    const tokens: Token[] = [];
    parse(text, {
      ecmaVersion: "latest",
      sourceType: "module",
      onToken: tokens,
    });
    return { text, tokens, digest: readSyntax(text).digest };
  });
}

/** After these a line may end wherever one likes. */
const BREAKABLE = new Set(["{", "(", "[", ",", ";", "&&", "||", "=", "?", ":"]);

/** What stands between two tokens, perhaps where a line may end. */
const SPACES = [" ", "\t", "/* a */", "/** @b */", "/*1*/ "];
const BREAKS = ["\n", "\r\n", "// c\n", "/* d\n */", "\n\n\u2028"];

fuzz(
  "readSyntax() gives the same digest whatever stands between the tokens of a module",
  fc.record({
    module: fc.nat(),
    places: fc.array(
      fc.record({ at: fc.nat(), space: fc.nat() }),
      { minLength: 1, maxLength: 5 },
    ),
  }),
  ({ module, places }) => {
    const { text, tokens, digest } = moduleAt(module);
    const inserted = new Map<number, string>();
    for (const { at, space } of places) {
      const i = at % Math.max(1, tokens.length);
      const [before, next] = [tokens[i - 1], tokens[i]];
      if (next === undefined) continue;
      const around = [before?.type.label, next.type.label];
      if (around.includes("template")) continue;
      const mayBreak = before === undefined || BREAKABLE.has(before.type.label);
      const all = mayBreak ? [...SPACES, ...BREAKS] : SPACES;
      inserted.set(next.start, ` ${all[space % all.length]} `);
    }
    let other = "";
    let from = 0;
    for (const [place, space] of [...inserted].sort(([a], [b]) => a - b)) {
      other += text.slice(from, place) + space;
      from = place;
    }
    other += text.slice(from);
    assert.equal(readSyntax(other).digest, digest, other);
  },
  { cost: 2 },
);

/** Another token in the place of one. */
const OTHERS: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "<": ">",
  ">": "<",
  "<=": "<",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
  "??": "||",
  "?.": ".",
  ".": "?.",
  "...": "",
  "true": "false",
  "false": "true",
  "null": "undefined",
  "const": "let",
  "let": "var",
  "=": "+=",
  "+=": "=",
  "++": "--",
  "!": "",
  "await": "",
  "async": "",
  "yield": "",
  "static": "",
  "new": "",
  "throw": "",
  "return": "",
  "export": "",
  "default": "",
};

/** What else may stand for a token; `undefined` if nothing is tried. */
function otherOf(text: string, label: string): string | undefined {
  switch (label) {
    case "num":
      return `(1 + ${text})`;
    case "bigint":
      return `2${text}`;
    case "string":
      return `${text.slice(0, -1)}b${text.at(-1)}`;
    case "template":
      return `${text}c`;
    case "regexp":
      return text.replace("/", "/d");
    case "name":
      return OTHERS[text] ?? `${text}e`;
    default:
      return OTHERS[text];
  }
}

const STATEMENTS = [
  "globalThis.a;",
  "0;",
  "debugger;",
  "if (a) {}",
  "{ a(); }",
];

fuzz(
  "readSyntax() gives another digest if a token is another, or a statement more is there",
  fc.record({
    module: fc.nat(),
    at: fc.nat(),
    statement: fc.option(fc.constantFrom(...STATEMENTS)),
  }),
  ({ module, at, statement }) => {
    const { text, tokens, digest } = moduleAt(module);
    const edits = tokens.flatMap(({ start, end, type: { label } }) => {
      const is = text.slice(start, end);
      const other = statement === null
        ? otherOf(is, label)
        : is === ";"
        ? `;${statement}`
        : undefined;
      return other === undefined ? [] : [{ start, end, is, other }];
    });
    const edit = edits[at % Math.max(1, edits.length)];
    if (edit === undefined) return;
    const { start, end, is, other } = edit;
    const changed = text.slice(0, start) + other + text.slice(end);
    let found: string;
    try {
      found = readSyntax(changed).digest;
    } catch (error) {
      assert.ok(error instanceof SyntaxError, String(error));
      return;
    }
    assert.notEqual(found, digest, `${is} → ${other}\n${changed}`);
  },
  { cost: 2 },
);

Deno.test("readSyntax() reads the module here of what others seldom say", () => {
  assert.match(readSyntax(SELDOM).digest, /^[0-9a-f]{64}$/);
});
