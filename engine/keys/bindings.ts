/**
 * What names mean in a module. Only names that are bound once, wherever that
 * is, mean anything here: no inner one can stand in front of those.
 *
 * @module
 */
import {
  isName,
  isNode,
  nodesIn,
  type SyntaxNode,
  walk,
} from "./syntax_node.ts";

/** An export of another module. */
export interface Imported {
  readonly from: string;
  readonly name: string;
}

/** A text that stands in a module. */
export interface WrittenText {
  /** The text up to the first part that only running tells. */
  readonly text: string;
  /** Whether there is no such part. */
  readonly isWhole: boolean;
}

/** The names of a module. */
export interface Bindings {
  /** Whether the module binds a name anywhere. */
  has(name: string): boolean;
  /** Whether a name is bound at the top of the module, so that it is never a global. */
  isTop(name: string): boolean;
  /** The text of an expression that is written out, there or in a constant of the module. */
  textOf(expression: SyntaxNode | undefined): WrittenText | undefined;
  /** What is imported under a name; `undefined` if it is that of anything else too. */
  imported(name: string): Imported | undefined;
}

/** Looks through a module. */
export function bindingsOf(program: SyntaxNode): Bindings {
  const counts = new Map<string, number>();
  walk(program, (node) => {
    for (const name of boundBy(node)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  });
  const top = new Set<string>();
  const constants = new Map<string, SyntaxNode>();
  const imports = new Map<string, Imported>();
  for (const statement of nodesIn(program["body"])) {
    const exported = statement["declaration"];
    const declaration = isNode(exported) ? exported : statement;
    const declared = nodesIn(declaration["declarations"]);
    const specifiers = declaration.type === "ImportDeclaration"
      ? nodesIn(declaration["specifiers"])
      : [];
    for (const node of [...declared, ...specifiers]) {
      for (const name of boundBy(node)) top.add(name);
    }
    for (const name of namesOf(declaration["id"])) top.add(name);
    if (declaration["kind"] === "const") {
      for (const { id, init } of declared) {
        if (isName(id) && isNode(init)) constants.set(id.name, init);
      }
    }
    for (const { local, imported } of specifiers) {
      const { value } = declaration["source"] as { readonly value?: string };
      imports.set(nameOf(local), {
        from: value ?? "",
        name: isNode(imported) ? nameOf(imported) : "*",
      });
    }
  }
  const isOnly = (name: string) => counts.get(name) === 1;
  return {
    has: (name) => counts.has(name),
    isTop: (name) => top.has(name),
    textOf(expression) {
      if (!isName(expression)) return literalOf(expression);
      const { name } = expression;
      return isOnly(name) ? literalOf(constants.get(name)) : undefined;
    },
    imported: (name) => isOnly(name) ? imports.get(name) : undefined,
  };
}

/** The names that a node itself binds. */
function boundBy(node: SyntaxNode): readonly string[] {
  switch (node.type) {
    case "VariableDeclarator":
      return namesOf(node["id"]);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return [
        ...namesOf(node["id"]),
        ...nodesIn(node["params"]).flatMap(namesOf),
      ];
    case "ClassDeclaration":
    case "ClassExpression":
      return namesOf(node["id"]);
    case "CatchClause":
      return namesOf(node["param"]);
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return namesOf(node["local"]);
    default:
      return [];
  }
}

/** The names of a pattern, e.g. both of `{ a, b: [c] }`. */
function namesOf(pattern: unknown): readonly string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case "Identifier":
      return [nameOf(pattern)];
    case "ObjectPattern":
      return nodesIn(pattern["properties"]).flatMap((part) =>
        namesOf(part.type === "Property" ? part["value"] : part)
      );
    case "ArrayPattern":
      return nodesIn(pattern["elements"]).flatMap(namesOf);
    case "AssignmentPattern":
      return namesOf(pattern["left"]);
    case "RestElement":
      return namesOf(pattern["argument"]);
    default:
      return [];
  }
}

function literalOf(node: SyntaxNode | undefined): WrittenText | undefined {
  if (node?.type === "Literal") {
    const { value } = node;
    return typeof value === "string"
      ? { text: value, isWhole: true }
      : undefined;
  }
  if (node?.type !== "TemplateLiteral") return undefined;
  const [first, ...others] = nodesIn(node["quasis"]);
  const { cooked } = first?.["value"] as { readonly cooked: string };
  return { text: cooked, isWhole: others.length === 0 };
}

/** A name, which an import may also write as a string. */
function nameOf(node: unknown): string {
  const { name, value } = Object(node) as {
    readonly name?: string;
    readonly value?: string;
  };
  return name ?? value ?? "";
}
