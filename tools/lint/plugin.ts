/**
 * Lint rules of this repository: what a room may import and through which door,
 * how an error speaks, that literals are not spread, and that arrays of any length
 * are not spread into a call.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { visitImports } from "./imports.ts";
import { isDoor, mayImport, PACKAGES, roomOf, ROOMS } from "./layers.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The path of a file from the root of the repository, or `undefined` outside. */
function pathOf(file: string): string | undefined {
  return file.startsWith(ROOT) ? file.slice(ROOT.length) : undefined;
}

const TABLE = "tools/lint/layers.ts";

/** The rooms that share their first folder with `folder`, if there are any. */
function roomsBeside(folder: string): string {
  const [top] = folder.split("/");
  const rooms = Object.keys(ROOMS)
    .filter((room) => room === top || room.startsWith(`${top}/`));
  return rooms.length === 0 ? "" : ` (${rooms.join(", ")})`;
}

const direction: Deno.lint.Rule = {
  create(context) {
    const path = pathOf(context.filename);
    const from = path && roomOf(path);
    if (path === undefined || from === undefined) return {};
    if (!(from in ROOMS)) {
      return {
        Program(node) {
          context.report({
            node,
            message: `${from}/ is no room`,
            hint: `move the file into one${
              roomsBeside(from)
            }, or add a row to ${TABLE}`,
          });
        },
      };
    }

    return visitImports(({ node, source }) => {
      if (!source.startsWith(".")) {
        const owner = Object.entries(PACKAGES)
          .find(([prefix]) => source.startsWith(prefix))?.[1];
        if (owner !== undefined && !`${from}/`.startsWith(`${owner}/`)) {
          context.report({
            node,
            message: `${from}/ must not import ${source}`,
            hint: `only ${owner}/ imports it`,
          });
        }
        return;
      }
      const target = pathOf(join(dirname(context.filename), source));
      const to = target && roomOf(target);
      if (target === undefined || to === undefined || to === from) return;
      if (!mayImport(from, to)) {
        context.report({
          node,
          message: `${from}/ must not import ${to}/`,
          hint: `${from}/ may import: ${
            ROOMS[from]?.imports.join(", ") || "nothing of ours"
          }; rooms that stand above it can be added to its row in ${TABLE}`,
        });
      } else if (!isDoor(target)) {
        context.report({
          node,
          message: `${target} is no door of ${to}/`,
          hint: `enter it by ${
            [...ROOMS[to]?.doors ?? []].join(", ") || "none"
          }; others can be added to its row in ${TABLE}`,
        });
      }
    });
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

const literalSpread: Deno.lint.Rule = {
  create(context) {
    return {
      "ObjectExpression > SpreadElement"(node: Deno.lint.SpreadElement) {
        const { argument } = node;
        const isConst = argument.type === "TSAsExpression" ||
          argument.type === "TSSatisfiesExpression";
        const literal = isConst ? argument.expression : argument;
        if (literal.type !== "ObjectExpression") return;
        context.report({
          node,
          message: "an object literal is spread into an object literal",
          hint: "write its properties where they belong",
          fix(fixer) {
            const text = context.sourceCode.getText(literal);
            const inner = text.slice(1, -1).trim().replace(/,$/, "");
            return isConst ? [] : fixer.replaceText(node, inner);
          },
        });
      },
    };
  },
};

/** Functions that are given any number of arguments: each takes room on the stack. */
const VARIADIC: ReadonlySet<string> = new Set([
  "Math.max",
  "Math.min",
  "String.fromCharCode",
  "String.fromCodePoint",
  "push",
  "splice",
  "unshift",
]);

/** The name of a called method: with its object where that tells which it is. */
function variadicName(callee: Deno.lint.Node): string | undefined {
  if (callee.type !== "MemberExpression") return undefined;
  const { object, property } = callee;
  const method = property.type === "Identifier" ? property.name : "";
  const owner = object.type === "Identifier" ? `${object.name}.` : "";
  return [method, `${owner}${method}`].find((name) => VARIADIC.has(name));
}

/** Whether code says how many elements there are: `[a, b]`, or `isA ? [a] : []`. */
function hasWrittenLength(node: Deno.lint.Node): boolean {
  if (node.type === "ConditionalExpression") {
    return hasWrittenLength(node.consequent) &&
      hasWrittenLength(node.alternate);
  }
  return node.type === "ArrayExpression" &&
    node.elements.every((element) =>
      element?.type !== "SpreadElement" || hasWrittenLength(element.argument)
    );
}

const arraySpreadCall: Deno.lint.Rule = {
  create(context) {
    const path = pathOf(context.filename);
    if (path === undefined || roomOf(path) === undefined) return {};
    const report = (node: Deno.lint.Node, name: string) =>
      context.report({
        node,
        message: `an array is spread into ${name}()`,
        hint:
          "a long one overflows the stack: write a loop, or largest() and smallest() of stats/intervals/extremes.ts",
      });
    return {
      CallExpression(node) {
        const { callee } = node;
        const isApplied = callee.type === "MemberExpression" &&
          callee.property.type === "Identifier" &&
          callee.property.name === "apply";
        const name = variadicName(isApplied ? callee.object : callee);
        if (name === undefined) return;
        const isSpread = node.arguments.some((argument) =>
          argument.type === "SpreadElement" &&
          !hasWrittenLength(argument.argument)
        );
        if (isApplied || isSpread) report(node, name);
      },
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "shiftline",
  rules: {
    direction,
    "array-spread-call": arraySpreadCall,
    "error-message": errorMessage,
    "literal-spread": literalSpread,
  },
};

export default plugin;
