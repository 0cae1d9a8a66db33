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
 * each written out there or in a constant, which stays, as it may be used elsewhere.
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
      const isWritten = isNode(value) && bindings.textOf(value)?.isWhole;
      if (isForReaders && computed === false && isWritten) {
        Object.assign(property, { value: NO_TEXT });
      }
    }
  });
}
