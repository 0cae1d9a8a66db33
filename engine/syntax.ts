/**
 * What a module does, without how it is written: its syntax tree after types
 * are erased, free of comments, white space and other matters of formatting.
 *
 * @module
 */
import { parse } from "acorn";
import { stripTypeScriptTypes } from "node:module";
import { type Digest, digestOf } from "./hash.ts";

/** A module reduced to what its key needs. */
export interface ModuleSyntax {
  /** Digest of the tree: equal for two texts that differ in types or formatting only. */
  readonly digest: Digest;
  /** Specifiers of modules that it imports, relative ones and package names. */
  readonly imports: readonly string[];
  /** Files that it names by `new URL("…", import.meta.url)`. */
  readonly assets: readonly string[];
}

interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * Reads one module.
 *
 * @param source TypeScript or JavaScript with erasable types only
 * @throws {SyntaxError} if it does not parse
 */
export function readSyntax(source: string): ModuleSyntax {
  const text = stripTypeScriptTypes(source);
  const tree = parse(text, {
    ecmaVersion: "latest",
    sourceType: "module",
  }) as unknown as SyntaxNode;
  const body = (tree["body"] as readonly SyntaxNode[])
    .filter((node) => !importsTypesOnly(node, text));
  const imports = new Set<string>();
  const assets = new Set<string>();
  const normal = normalise({ ...tree, body }, (node) => {
    const source = importedBy(node);
    if (source !== undefined) imports.add(source);
    const asset = assetOf(node);
    if (asset !== undefined) assets.add(asset);
    const resolved = resolvedBy(node);
    if (resolved?.startsWith(".")) assets.add(resolved);
    else if (resolved !== undefined) imports.add(resolved);
  });
  return {
    digest: digestOf(new TextEncoder().encode(JSON.stringify(normal))),
    imports: [...imports].sort(),
    assets: [...assets].sort(),
  };
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value &&
    typeof value.type === "string";
}

/** Fields that say where something stands or how it was spelled, not what it is. */
const SPELLING = new Set(["start", "end", "raw", "directive"]);

/** The tree as nested arrays and values, with every choice of formatting undone. */
function normalise(value: unknown, visit: (node: SyntaxNode) => void): unknown {
  if (typeof value === "bigint") return `${value}n`;
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
    case "Program":
      fields["body"] = sortImports(value["body"] as readonly SyntaxNode[]);
      break;
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
      fields["specifiers"] = sortBy(value["specifiers"], textOf);
      break;
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
  return Object.keys(fields).filter((name) => !SPELLING.has(name)).sort()
    .map((name) => [name, normalise(fields[name], visit)]);
}

/** A block around one statement that needs none. */
function unwrap(statement: unknown): unknown {
  if (!isNode(statement) || statement.type !== "BlockStatement") {
    return statement;
  }
  const body = statement["body"] as readonly SyntaxNode[];
  const [only] = body;
  if (body.length !== 1 || only === undefined) return statement;
  const declares = only.type.endsWith("Declaration");
  return declares ? statement : unwrap(only);
}

/** `import { type A } from "…"`: nothing is left between its braces. */
function importsTypesOnly(node: SyntaxNode, text: string): boolean {
  return node.type === "ImportDeclaration" &&
    (node["specifiers"] as readonly unknown[]).length === 0 &&
    text.slice(node["start"] as number, node["end"] as number).includes("{");
}

/** Import declarations first, in order of their text: where they stand means nothing. */
function sortImports(body: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const statements = body.filter((node) => node.type !== "EmptyStatement");
  const imports = statements.filter((node) =>
    node.type === "ImportDeclaration"
  );
  return [
    ...sortBy(imports, textOf),
    ...statements.filter((node) => node.type !== "ImportDeclaration"),
  ];
}

function sortBy(
  nodes: unknown,
  key: (node: SyntaxNode) => string,
): readonly SyntaxNode[] {
  return [...nodes as readonly SyntaxNode[]].sort((a, b) =>
    key(a) < key(b) ? -1 : 1
  );
}

/** A text that orders imports and specifiers: names and sources, not positions. */
function textOf(node: SyntaxNode): string {
  return JSON.stringify(
    node,
    (name, value) => SPELLING.has(name) ? undefined : value,
  );
}

function literalOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Literal" && typeof value["value"] === "string") {
    return value["value"];
  }
  // Of a template with holes the start is enough to tell the package.
  if (value.type === "TemplateLiteral") {
    const [first] = value["quasis"] as readonly SyntaxNode[];
    const cooked = (first?.["value"] as { cooked?: string } | undefined)
      ?.cooked;
    return cooked;
  }
  return undefined;
}

function importedBy(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
      return literalOf(node["source"]);
    default:
      return undefined;
  }
}

function isImportMeta(value: unknown, property: string): boolean {
  return isNode(value) && value.type === "MemberExpression" &&
    isNode(value["object"]) && value["object"].type === "MetaProperty" &&
    isNode(value["property"]) && value["property"]["name"] === property;
}

/** The file in `new URL("…", import.meta.url)`. */
function assetOf(node: SyntaxNode): string | undefined {
  if (node.type !== "NewExpression" || !isNode(node["callee"])) {
    return undefined;
  }
  const [path, base] = node["arguments"] as readonly unknown[];
  if (node["callee"]["name"] !== "URL" || !isImportMeta(base, "url")) {
    return undefined;
  }
  return literalOf(path);
}

/** The package or file in `import.meta.resolve("…")`. */
function resolvedBy(node: SyntaxNode): string | undefined {
  if (
    node.type !== "CallExpression" || !isImportMeta(node["callee"], "resolve")
  ) return undefined;
  return literalOf((node["arguments"] as readonly unknown[])[0]);
}
