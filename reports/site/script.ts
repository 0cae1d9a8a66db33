/**
 * The one script of the site. Pages need it for nothing but comfort.
 *
 * @module
 */
import { hover } from "./script/hover.ts";
import { search } from "./script/search.ts";

/** Each uses nothing but the document that it is given. */
const FEATURES: readonly ((document: Document) => void)[] = [hover, search];

/** The text of a classic script, which also runs on pages from `file://`. */
export const SCRIPT: string = [
  '"use strict";',
  ...FEATURES.map((feature) => `(${feature.toString()})(document);`),
  "",
].join("\n");
