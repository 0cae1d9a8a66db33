/**
 * What a module does, without how it is written: its syntax tree after types
 * are erased, free of comments, white space and other matters of formatting.
 *
 * @module
 */
import { parse } from "acorn";
import { stripTypeScriptTypes } from "node:module";
import { type Digest, digestOf } from "../define/hash.ts";
import { isNode, namesIn, type SyntaxNode } from "./named_files.ts";

/** A module reduced to what its key needs. */
export interface ModuleSyntax {
  /** Digest of the tree: equal for two texts that differ in types or formatting only. */
  readonly digest: Digest;
  /** Specifiers that the module imports, relative ones and package names. */
  readonly imports: readonly string[];
  /** Files that the module names by `new URL("…", import.meta.url)`. */
  readonly assets: readonly string[];
  /** Expressions, such as `import(url)`, that name what is known only when it runs. */
  readonly unknown: readonly string[];
}

/**
 * Reads one module.
 *
 * @param source TypeScript or JavaScript with erasable types only
 * @throws {SyntaxError} if it does not parse, or builds the name of a file of a template
 */
export function readSyntax(source: string): ModuleSyntax {
  const text = stripTypeScriptTypes(source);
  const tree = parse(text, {
    ecmaVersion: "latest",
    sourceType: "module",
  }) as unknown as SyntaxNode;
  const named = namesIn(tree);
  const found = { import: new Set<string>(), asset: new Set<string>() };
  const unknown: string[] = [];
  const normal = normalise(tree, (node) => {
    const one = named(node);
    if (one?.kind === "unknown") unknown.push(text.slice(node.start, node.end));
    else if (one !== undefined) found[one.kind].add(one.name);
  });
  return {
    digest: digestOf(new TextEncoder().encode(JSON.stringify(normal))),
    imports: [...found.import].sort(),
    assets: [...found.asset].sort(),
    unknown,
  };
}

/** Fields that say where something stands or how it was spelled, not what it is. */
const SPELLING = new Set(["start", "end", "raw", "directive"]);

/** The tree as nested arrays and values, with every choice of formatting undone. */
function normalise(value: unknown, visit: (node: SyntaxNode) => void): unknown {
  if (typeof value === "bigint") return `${value}n`;
  // JSON has no Infinity: without this, 1e999 would be null.
  if (value === Infinity) return ["Infinity"];
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return value.map((part) => normalise(part, visit));
  if (!isNode(value)) {
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value).map((
      [name, part],
    ) => [name, normalise(part, visit)]);
  }
  visit(value);
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
    ORDERED.has(`${value.type}.${name}`)
      ? sortStatements(value[name] as readonly SyntaxNode[], visit)
      : normalise(fields[name], visit);
  return Object.keys(fields).filter((name) => !SPELLING.has(name)).sort()
    .map((name) => [name, normal(name)]);
}

/** Lists in which the place of an import or of a name means nothing. */
const ORDERED = new Set([
  "Program.body",
  "ImportDeclaration.specifiers",
  "ExportNamedDeclaration.specifiers",
]);

/** Import declarations and specifiers in order of what they say, then the rest. */
function sortStatements(
  nodes: readonly SyntaxNode[],
  visit: (node: SyntaxNode) => void,
): readonly unknown[] {
  const moved: string[] = [];
  const rest: unknown[] = [];
  for (const node of nodes.filter(hasMeaning)) {
    const normal = normalise(node, visit);
    if (/^Import|Specifier$/.test(node.type)) {
      moved.push(JSON.stringify(normal));
    } else rest.push(normal);
  }
  return [moved.sort(), rest];
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
