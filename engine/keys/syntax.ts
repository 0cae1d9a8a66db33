/**
 * What a module does, without how it is written: its syntax tree after types
 * are erased, free of comments, white space and other matters of formatting, and
 * of what definitions say to readers.
 *
 * @module
 */
import { parse } from "acorn";
import { stripTypeScriptTypes } from "node:module";
import { type Digest, digestOf } from "../define/hash.ts";
import { namedFiles } from "./named_files.ts";
import { isNode, nodesIn, type SyntaxNode } from "./syntax_node.ts";
import { emptyTextsForReaders } from "./texts_for_readers.ts";

/** A module reduced to what its key needs. */
export interface ModuleSyntax {
  /** Digest of the tree: equal for two texts that differ in types or formatting only. */
  readonly digest: Digest;
  /** Specifiers of the modules and packages whose code it runs. */
  readonly imports: readonly string[];
  /** Relative names of the files that it reads as they are. */
  readonly assets: readonly string[];
  /** What no key can follow: line, text and way out of each. */
  readonly refusals: readonly string[];
}

/**
 * Reads one module.
 *
 * @param source JavaScript, or TypeScript with erasable types only
 * @param path of its file, whose ending says which it is; TypeScript unless given
 * @throws {SyntaxError} if it does not parse
 */
export function readSyntax(source: string, path = "a.ts"): ModuleSyntax {
  // What is a type in TypeScript may be a comparison in JavaScript: `f(a < b, c > (d))`.
  const text = /\.m?js$/.test(path) ? source : stripTypeScriptTypes(source);
  const tree = parse(text, {
    ecmaVersion: "latest",
    sourceType: "module",
  }) as unknown as SyntaxNode;
  const { imports, assets, refusals } = namedFiles(tree);
  emptyTextsForReaders(tree);
  const normal = JSON.stringify(normalise(tree));
  return {
    digest: digestOf(new TextEncoder().encode(normal)),
    imports: [...imports].sort(),
    assets: [...assets].sort(),
    refusals: refusals.map(({ node, why }) =>
      `line ${lineAt(text, node.start)}: ${excerpt(text, node)} ${why}`
    ),
  };
}

function lineAt(text: string, place: number): number {
  return text.slice(0, place).split("\n").length;
}

/** Most characters of a module that a message repeats. */
const EXCERPT = 60;

function excerpt(text: string, { start, end }: SyntaxNode): string {
  const all = text.slice(start, end).replace(/\s+/g, " ");
  return all.length > EXCERPT ? `${all.slice(0, EXCERPT)}…` : all;
}

/** Fields that say where something stands or how it was spelled, not what it is. */
const SPELLING = new Set(["start", "end", "raw", "directive"]);

/** The tree as nested arrays and values, with every choice of formatting undone. */
function normalise(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  // JSON has no Infinity: without this, 1e999 would be null.
  if (value === Infinity) return ["Infinity"];
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map(normalise);
  if (!isNode(value)) {
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value).map((
      [name, part],
    ) => [name, normalise(part)]);
  }
  const fields: Record<string, unknown> = { ...value };
  switch (value.type) {
    case "BlockStatement":
    case "StaticBlock":
      fields["body"] = (value["body"] as readonly SyntaxNode[])
        .filter(hasMeaning);
      break;
    case "SwitchCase":
      fields["consequent"] = (value["consequent"] as readonly SyntaxNode[])
        .filter(hasMeaning);
      break;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "Property":
      // `{ "a": 1 }` and `{ a: 1 }` are one thing.
      if (
        value["computed"] === false && isNode(value["key"]) &&
        value["key"].type === "Literal"
      ) {
        fields["key"] = {
          type: "Identifier",
          name: `${value["key"]["value"]}`,
        };
      }
      break;
    case "IfStatement":
      fields["consequent"] = unwrap(value["consequent"]);
      fields["alternate"] = unwrap(value["alternate"]);
      break;
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      fields["body"] = unwrap(value["body"]);
      break;
  }
  const normal = (name: string) =>
    HOISTED.has(`${value.type}.${name}`)
      ? withoutPlace(nodesIn(value[name]))
      : normalise(fields[name]);
  return Object.keys(fields).filter((name) => !SPELLING.has(name)).sort()
    .map((name) => [name, normal(name)]);
}

/** Lists in which the place of an import or of a name means nothing. */
const HOISTED = new Set([
  "Program.body",
  "ImportDeclaration.specifiers",
  "ExportNamedDeclaration.specifiers",
]);

/** Import declarations and specifiers in order of what they say, then the rest, and the order in which modules are run. */
function withoutPlace(nodes: readonly SyntaxNode[]): readonly unknown[] {
  const moved: string[] = [];
  const rest: unknown[] = [];
  const run = new Set<unknown>();
  for (const node of nodes.filter(hasMeaning)) {
    const { source } = node;
    if (isNode(source)) run.add(source["value"]);
    const normal = normalise(node);
    if (/^Import|Specifier$/.test(node.type)) {
      moved.push(JSON.stringify(normal));
    } else rest.push(normal);
  }
  return [moved.sort(), rest, [...run]];
}

/** Whether a statement means anything, as a stray `;` or the `export {}` that is left of `export { type A }` does not. */
function hasMeaning(node: SyntaxNode): boolean {
  if (node.type === "EmptyStatement") return false;
  return node.type !== "ExportNamedDeclaration" ||
    isNode(node["declaration"]) || isNode(node["source"]) ||
    (node["specifiers"] as readonly unknown[]).length > 0;
}

/** A block around one statement that needs none. */
function unwrap(statement: unknown): unknown {
  if (!isNode(statement) || statement.type !== "BlockStatement") {
    return statement;
  }
  const body = (statement["body"] as readonly SyntaxNode[]).filter(hasMeaning);
  const [only] = body;
  if (body.length !== 1 || only === undefined) return statement;
  const declares = only.type.endsWith("Declaration");
  return declares ? statement : unwrap(only);
}
