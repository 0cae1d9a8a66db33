/**
 * What a module imports, by whatever means: `import`, `export … from`,
 * `import()`, `import.meta.resolve`, `new URL`, a constant that one of these is
 * given. All of them name the file in a literal that begins with a dot.
 *
 * @module
 */

/** A literal that names a module of ours, or a package. */
export interface ImportLiteral {
  readonly node: Deno.lint.Node;
  readonly source: string;
}

/** Calls back for each import of a module, also of types alone. */
export function visitImports(
  found: (literal: ImportLiteral) => void,
): Deno.lint.LintVisitor {
  const statement = (
    node:
      | Deno.lint.ImportDeclaration
      | Deno.lint.ExportNamedDeclaration
      | Deno.lint.ExportAllDeclaration,
  ) => {
    const source = node.source?.value;
    if (typeof source === "string" && !source.startsWith(".")) {
      found({ node, source });
    }
  };
  return {
    ImportDeclaration: statement,
    ExportNamedDeclaration: statement,
    ExportAllDeclaration: statement,
    Literal(node) {
      if (
        typeof node.value === "string" && /^\.\.?\/.*\.ts$/.test(node.value)
      ) {
        found({ node, source: node.value });
      }
    },
  };
}
