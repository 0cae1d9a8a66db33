/**
 * What `ask` keeps of an answer beside its page, so that the page can be put
 * on a site.
 *
 * @module
 */
import {
  type Check,
  isDigest,
  isNumber,
  isString,
  isTrue,
  listOf,
  nullOr,
  optional,
  shapeOf,
} from "../../engine/define/shape.ts";
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import type { AskedPicture } from "../value/asked_answer.ts";
import type { AskedInput, AskPageOptions } from "./ask_options.ts";

/** Name of its file. */
export const KEPT_FILE = "page.json";

/** An answer that may go on a site. */
export interface PublishedAnswer {
  readonly findings: AskFindings;
  readonly options: AskPageOptions;
}

/** What the page tells beside findings and pictures. */
export interface KeptPage
  extends Omit<AskPageOptions, "pictures" | "examples"> {
  /** SHA-256 of the file of the question. */
  readonly question: string;
  readonly pictures: readonly Omit<AskedPicture, "png">[];
}

const isBoolean: Check<boolean> = (value): value is boolean =>
  typeof value === "boolean";

const isKept: Check<KeptPage> = shapeOf<KeptPage>({
  question: isDigest,
  name: isString,
  pictures: listOf(
    shapeOf({ file: isFileName, caption: isString, alt: isString }),
  ),
  inputs: listOf(shapeOf<AskedInput>({
    name: isString,
    path: isString,
    sha256: isString,
    isPacked: optional(isTrue),
  })),
  done: listOf(shapeOf({ text: isString, inPublic: isString })),
  quick: isBoolean,
  seconds: optional(isNumber),
  wallSeconds: optional(isNumber),
  networks: listOf(isString),
  device: optional(isString),
  deno: isString,
  commit: nullOr(isString),
  edited: optional(listOf(isString)),
  command: isString,
  version: isString,
});

/** A picture lies beside the page, never elsewhere. */
function isFileName(value: unknown): value is string {
  return isString(value) && /^[\w-]+\.png$/.test(value);
}

/** The text of the file: without the names of examples, which are for nobody else. */
export function keptText(
  { pictures, examples: _, ...rest }: AskPageOptions,
  question: string,
): string {
  const kept: KeptPage = {
    question,
    ...rest,
    pictures: pictures.map(({ file, caption, alt }) => ({
      file,
      caption,
      alt,
    })),
  };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/**
 * Reads such a text.
 *
 * @throws {TypeError} if it is none
 */
export function readKept(text: string): KeptPage {
  const value: unknown = JSON.parse(text);
  if (isKept(value)) return value;
  throw new TypeError("Cannot read a kept page: it is not what `ask` writes");
}

/** What everybody may read of an answer: inputs by the last part of their paths, nothing of where they lie, nor what single examples are called. */
export function inPublic(
  { question: _, ...kept }: KeptPage,
  pictures: readonly AskedPicture[],
): AskPageOptions {
  return {
    ...kept,
    pictures,
    examples: [],
    inputs: kept.inputs.map((input) => ({
      ...input,
      path: input.path.replace(/[\\/]+$/, "").replace(/^.*[\\/]/s, ""),
    })),
    done: kept.done.map(({ inPublic }) => ({ text: inPublic, inPublic })),
    command: `deno task ask questions/${kept.name}.json${
      kept.quick ? " --quick" : ""
    }`,
  };
}
