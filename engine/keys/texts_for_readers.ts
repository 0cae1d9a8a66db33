/**
 * Texts for readers: the title and the description of a definition. Pages have
 * them; a stage cannot read them (`engine/define/definition.ts`), so that no
 * result depends on them.
 *
 * @module
 */
import { TEXTS_FOR_READERS } from "../define/definition.ts";
import { bindingsOf } from "./bindings.ts";
import {
  isName,
  isNode,
  nodesIn,
  type SyntaxNode,
  walk,
} from "./syntax_node.ts";

/** Where `define` is imported from. */
const DEFINING = /(^|\/)define\/definition\.ts$/;

const NO_TEXT: SyntaxNode = { type: "Literal", start: 0, end: 0, value: "" };

/**
 * Empties, in place, the texts for readers that stand in calls of `define`,
 * each as one literal. Others stay: what a text is made of may be used elsewhere.
 */
export function emptyTextsForReaders(program: SyntaxNode): void {
  const bindings = bindingsOf(program);
  walk(program, ({ type, callee, arguments: args }) => {
    const imported = type === "CallExpression" && isName(callee)
      ? bindings.imported(callee.name)
      : undefined;
    if (imported?.name !== "define" || !DEFINING.test(imported.from)) return;
    for (const property of nodesIn(nodesIn(args)[2]?.["properties"])) {
      const { key, computed, value } = property;
      const name = isNode(key) ? key["name"] ?? key["value"] : undefined;
      const isForReaders = TEXTS_FOR_READERS.some((text) => text === name);
      if (isForReaders && computed === false && isText(value)) {
        Object.assign(property, { value: NO_TEXT });
      }
    }
  });
}

/** Whether a node is a text that is written out. */
function isText(node: unknown): boolean {
  return isNode(node) &&
    (node.type === "Literal" && typeof node["value"] === "string" ||
      node.type === "TemplateLiteral" &&
        nodesIn(node["expressions"]).length === 0);
}
