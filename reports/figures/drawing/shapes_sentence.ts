import { escapeMarkdown } from "../../text/escape.ts";
import { groupStyle } from "./palette.ts";

/** Which shape is which series, for a caption: `Diamonds: *zero*; squares: *random*.` */
export function shapesSentence(names: readonly string[]): string {
  const text = names.map((name, i) =>
    `${groupStyle(i).shape}: *${escapeMarkdown(name)}*`
  ).join("; ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
