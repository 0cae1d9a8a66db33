/**
 * The words of `publish`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { message, text } from "@optique/core/message";
import { optional } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { string, type ValueParser } from "@optique/core/valueparser";
import {
  DEVICE,
  PIPELINES,
  PROFILE,
  STORE,
  valued,
  VERBOSE,
} from "./options.ts";

/** An address of a folder on the web; a slash at its end is added. */
const ADDRESS: ValueParser<"sync", string> = {
  mode: "sync",
  metavar: "URL",
  placeholder: "https://example.org/",
  format: String,
  parse(input) {
    const url = URL.parse(input);
    const isPlain = url !== null && /^https?:$/.test(url.protocol) &&
      `${url.search}${url.hash}${url.username}${url.password}` === "";
    if (isPlain) {
      return { success: true, value: url.href.replace(/\/*$/, "/") };
    }
    const state =
      `"${input}" is no address of a site, such as https://example.org/results/`;
    return { success: false, error: message`${text(state)}` };
  },
};

/** Reads them. */
export const words = object({
  pipelines: PIPELINES,
  to: valued(
    "--to",
    string({ metavar: "DIR" }),
    "Folder of the published site: a new one, an empty one, or one that publish wrote.",
  ),
  baseUrl: optional(
    valued(
      "--base-url",
      ADDRESS,
      "Where the site will be, for what needs absolute addresses: map of the site, previews of links.",
    ),
  ),
  profile: PROFILE,
  device: DEVICE,
  store: STORE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Publish = InferValue<typeof words>;
