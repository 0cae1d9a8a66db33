/**
 * Rows that the tables of several commands share.
 *
 * @module
 */
import { type ProfileName, PROFILES } from "../../engine/define/pipeline.ts";
import { listed } from "../../engine/define/listed.ts";
import { suggestion } from "./nearest.ts";
import { UsageError } from "./usage_error.ts";
import { place, text, whole } from "./value_kinds.ts";
import type { Row } from "./words.ts";

export const PIPELINES = {
  positional: true,
  value: text("PIPELINE"),
  repeatable: true,
  help: "Names of pipelines (default: all of them).",
} as const satisfies Row;

export const STAGE = {
  positional: true,
  value: text("STAGE"),
  repeatable: true,
  help:
    "Name of a stage, before or after it that of a pipeline if several have different stages of that name. Part of a name lists the stages that contain it; no name lists the tasks.",
} as const satisfies Row;

export const PROFILE = {
  value: { metavar: "PROFILE", words: PROFILES, read: profileNamed },
  default: "default",
  help: "Scale of the run: smoke, default, full or gpu (default: default).",
} as const satisfies Row;

export const DEVICE = {
  value: text("DEVICE"),
  default: "auto",
  help:
    "What to compute on: auto, webgpu, webgpu-software, wasm or cpu (default: auto).",
} as const satisfies Row;

export const JOBS = {
  value: whole("N", { min: 1 }),
  help:
    "How many stages may run at once (default: one per processor core, fewer if memory is short).",
} as const satisfies Row;

export const FORCE = {
  value: text("STAGE"),
  repeatable: true,
  help:
    "Runs a stage even if the store holds its result; may be given several times.",
} as const satisfies Row;

export const STORE = {
  value: place("DIR", { access: ["read"] }),
  help: "Folder of the store (default: .store).",
} as const satisfies Row;

/** The same for a command that uses the store beside others, and mostly writes to it. */
export const LOCKED_STORE = {
  value: place("DIR", { access: ["read", "write"] }),
  help: STORE.help,
} as const satisfies Row;

export const LEASE = {
  value: whole("SECONDS", { min: 1, max: 86_400 }),
  help:
    "Other processes on the store take over the stages of this one after this many seconds of silence (default: 30).",
} as const satisfies Row;

export const SITE = {
  value: place("DIR", { access: ["read"] }),
  help: "Folder of the site (default: site).",
} as const satisfies Row;

export const MIRROR = {
  value: place("DIR", { access: ["read"] }),
  help:
    "Folder with copies of published files at HOST/PATH (default: SHIFTLINE_MIRROR).",
} as const satisfies Row;

export const VERBOSE = {
  help: "Shows the stack trace of an error.",
} as const satisfies Row;

/** What names a profile on a line, behind other words; nothing where it need not be named. */
export function profileOption(profile: string): string {
  return profile === PROFILE.default ? "" : ` --profile ${profile}`;
}

/**
 * A profile by its name.
 *
 * @throws {UsageError} if there is no such profile
 */
export function profileNamed(name: string): ProfileName {
  const found = PROFILES.find((profile) => profile === name);
  if (found === undefined) {
    throw new UsageError(
      `Cannot use profile "${name}": the profiles are ${listed(PROFILES)}${
        suggestion(name, PROFILES)
      }`,
    );
  }
  return found;
}
