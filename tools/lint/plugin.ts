/**
 * Lint rules of this repository: what a folder may import, and how an error
 * speaks.
 *
 * @module
 */
import { LAYERS, PACKAGES } from "./layers.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** The layer that holds `path`, or `undefined` outside every layer. */
function layerOf(path: string): string | undefined {
  if (!path.startsWith(ROOT)) return undefined;
  const [folder = ""] = path.slice(ROOT.length).split("/");
  return folder in LAYERS ? folder : undefined;
}

type WithSource =
  | Deno.lint.ImportDeclaration
  | Deno.lint.ExportNamedDeclaration
  | Deno.lint.ExportAllDeclaration
  | Deno.lint.ImportExpression;

const direction: Deno.lint.Rule = {
  create(context) {
    const from = layerOf(context.filename);
    if (from === undefined) return {};
    const allowed = LAYERS[from] ?? [];

    function check(node: WithSource): void {
      const source = node.source?.type === "Literal" && node.source.value;
      if (typeof source === "string") checkSource(node, source);
    }

    function checkSource(node: Deno.lint.Node, source: string): void {
      for (const [prefix, owner] of Object.entries(PACKAGES)) {
        if (source.startsWith(prefix) && owner !== from) {
          context.report({
            node,
            message: `${from}/ must not import ${source}`,
            hint: `only ${owner}/ imports it`,
          });
        }
      }
      if (!source.startsWith(".")) return;
      const target = new URL(source, `file://${context.filename}`).pathname;
      const to = layerOf(target);
      if (target.endsWith("/mod.ts")) {
        context.report({
          node,
          message: `${from}/ must not import ${to}/mod.ts`,
          hint: "import the exact file: mod.ts is for users of the package",
        });
      }
      if (to === undefined || to === from || allowed.includes(to)) return;
      context.report({
        node,
        message: `${from}/ must not import ${to}/`,
        hint: `${from}/ may import: ${allowed.join(", ") || "nothing of ours"}`,
      });
    }

    return {
      ImportDeclaration: check,
      ImportExpression: check,
      // What `later` takes is an import as well.
      "CallExpression[callee.object.type='MetaProperty'][callee.property.name='resolve']"(
        node: Deno.lint.CallExpression,
      ) {
        const [source] = node.arguments;
        if (source?.type === "Literal" && typeof source.value === "string") {
          checkSource(node, source.value);
        }
      },
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/** The text that an error's first argument certainly starts and ends with. */
function textOf(
  node: Deno.lint.Node | undefined,
): { readonly start: string; readonly end: string } | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") {
    return { start: node.value, end: node.value };
  }
  if (node?.type === "TemplateLiteral") {
    return {
      start: node.quasis[0]?.cooked ?? "",
      end: node.quasis.at(-1)?.cooked ?? "",
    };
  }
  return undefined;
}

const errorMessage: Deno.lint.Rule = {
  create(context) {
    return {
      ThrowStatement(node) {
        const thrown = node.argument;
        if (thrown?.type !== "NewExpression") return;
        const text = textOf(thrown.arguments[0]);
        if (text === undefined) return;
        if (!/^(Cannot |[A-Z]|$)/.test(text.start) || text.end.endsWith(".")) {
          context.report({
            node,
            message:
              "an error message starts with a capital and has no final period",
            hint: "write `Cannot <do what>: <state>`",
          });
        }
      },
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "shiftline",
  rules: { direction, "error-message": errorMessage },
};

export default plugin;
