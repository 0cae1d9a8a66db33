/**
 * What files and packages a module names, node by node of its syntax tree.
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

/** What a node names. */
export type Named =
  | {
    /** A module or package that is imported, or a file that is read. */
    readonly kind: "import" | "asset";
    readonly name: string;
  }
  | {
    /** Something that is known only when the module runs. */
    readonly kind: "unknown";
  };

/** Whether a value is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value &&
    typeof value.type === "string";
}

/**
 * Tells what nodes of a module name. A name may also stand in a constant of the
 * module.
 *
 * @param program the root of the tree
 * @throws {SyntaxError} for a template that begins with a file
 */
export function namesIn(
  program: SyntaxNode,
): (node: SyntaxNode) => Named | undefined {
  const constants = constantsOf(program);

  /** What an expression is, if it is written out there or in a constant. */
  const valueOf = (expression: unknown): unknown =>
    isNode(expression) && expression.type === "Identifier"
      ? constants.get(String(expression["name"]))
      : expression;

  function named(expression: unknown, kind: "import" | "asset"): Named {
    const name = literalOf(valueOf(expression));
    return name === undefined ? { kind: "unknown" } : { kind, name };
  }

  return (node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return named(node["source"], "import");
      case "ExportNamedDeclaration":
        return isNode(node["source"])
          ? named(node["source"], "import")
          : undefined;
      case "ImportExpression":
        // What is resolved counts where that is done.
        return isResolve(valueOf(node["source"]))
          ? undefined
          : named(node["source"], "import");
      case "NewExpression":
        return isAsset(node)
          ? urlOf(named(argument(node), "asset"))
          : undefined;
      case "CallExpression": {
        if (!isResolve(node)) return undefined;
        const found = named(argument(node), "import");
        const isFile = found.kind === "import" && found.name.startsWith(".");
        return isFile ? { kind: "asset", name: found.name } : found;
      }
      default:
        return undefined;
    }
  };
}

/** The first values of the constants of a module, by name. */
function constantsOf(program: SyntaxNode): ReadonlyMap<string, unknown> {
  const constants = new Map<string, unknown>();
  for (const statement of nodesIn(program["body"])) {
    const declaration = statement.type === "ExportNamedDeclaration"
      ? statement["declaration"]
      : statement;
    if (!isNode(declaration) || declaration["kind"] !== "const") continue;
    for (const { id, init } of nodesIn(declaration["declarations"])) {
      if (isNode(id)) constants.set(String(id["name"]), init);
    }
  }
  return constants;
}

function nodesIn(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function argument(node: SyntaxNode): unknown {
  return nodesIn(node["arguments"])[0];
}

function literalOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Literal" && typeof value["value"] === "string") {
    return value["value"];
  }
  if (value.type !== "TemplateLiteral") return undefined;
  const [first, ...others] = nodesIn(value["quasis"]);
  const { cooked = "" } = first?.["value"] as { readonly cooked?: string };
  // Of a template with holes the start may be enough to tell the package.
  if (others.length > 0 && !/^(@[^/]+\/)?[^./@][^/]*\//.test(cooked)) {
    throw new SyntaxError(
      `Cannot tell which file "${cooked}…" names: the rest is known only when it runs`,
    );
  }
  return cooked;
}

/** Whether a node is `new URL(…, import.meta.url)`. */
function isAsset(node: SyntaxNode): boolean {
  const { callee } = node;
  return isNode(callee) && callee["name"] === "URL" &&
    isImportMeta(nodesIn(node["arguments"])[1], "url");
}

/** Whether a node is `import.meta.resolve(…)`. */
function isResolve(value: unknown): boolean {
  return isNode(value) && value.type === "CallExpression" &&
    isImportMeta(value["callee"], "resolve");
}

function isImportMeta(value: unknown, property: string): boolean {
  return isNode(value) && value.type === "MemberExpression" &&
    isNode(value["object"]) && value["object"].type === "MetaProperty" &&
    isNode(value["property"]) && value["property"]["name"] === property;
}

/** A whole address is no file of ours, whatever it is relative to. */
function urlOf(named: Named): Named | undefined {
  return named.kind === "asset" && /^[a-z]+:/.test(named.name)
    ? undefined
    : named;
}
