/**
 * Nodes of a module's syntax tree.
 *
 * @module
 */

/** A node of the tree, as acorn gives it. */
export interface SyntaxNode {
  readonly type: string;
  /** Where the node begins in the text. */
  readonly start: number;
  /** Where the node ends in the text. */
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A name: of a variable, of a part of something, or of a label. */
export interface NameNode extends SyntaxNode {
  readonly name: string;
}

/** `object.property`, or `object[property]`. */
export interface MemberNode extends SyntaxNode {
  readonly object: SyntaxNode;
  readonly property: SyntaxNode;
}

/** Whether a value is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value &&
    typeof value.type === "string";
}

/** The nodes of a field that holds a list, without the holes of an array. */
export function nodesIn(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Calls back for a node and for all below it, each after the one that it is part of. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent?: SyntaxNode) => void,
  parent?: SyntaxNode,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    if (isNode(value)) walk(value, visit, node);
    else for (const part of nodesIn(value)) walk(part, visit, node);
  }
}

/** Whether a node is a name, and that one if one is given. */
export function isName(node: unknown, name?: string): node is NameNode {
  return isNode(node) && node.type === "Identifier" &&
    (name === undefined || node["name"] === name);
}

/** Whether a node is a part of something, and `.name` if one is given. */
export function isMember(node: unknown, name?: string): node is MemberNode {
  return isNode(node) && node.type === "MemberExpression" &&
    (name === undefined ||
      node["computed"] === false && isName(node["property"], name));
}

/** The first argument of a call. */
export function firstArgument(call: SyntaxNode): SyntaxNode | undefined {
  return nodesIn(call["arguments"])[0];
}

/** Whether a node makes a URL of one that may be relative. */
export function isUrl(node: SyntaxNode | undefined): node is SyntaxNode {
  const callee = node?.["callee"];
  return node?.type === "NewExpression" && isName(callee, "URL") ||
    isMember(callee, "parse") && isName(callee.object, "URL");
}

/** Whether a node is `import.meta.resolve(…)`. */
export function isResolve(node: SyntaxNode | undefined): node is SyntaxNode {
  return node?.type === "CallExpression" && isMeta(node["callee"], "resolve");
}

/** Whether a node is `import.meta.…`. */
export function isMeta(node: unknown, property: string): node is MemberNode {
  return isMember(node, property) && node.object.type === "MetaProperty";
}
