/**
 * Seals an isolate. Permissions bound files, network, programs and variables;
 * what needs none and is in no key refuses here, or is the same everywhere, so
 * that a stage that has ended well has used its arguments and its code. It keeps
 * those who err, not those who want to get out.
 *
 * What stays open is in docs/promises.md.
 *
 * @module
 */
import { sealBuiltins } from "./builtins.ts";
import { sealChance } from "./chance.ts";
import { sealClock } from "./clock.ts";
import { sealLocale } from "./locale.ts";
import { sealMessages } from "./messages.ts";
import { sealPlatform } from "./platform.ts";
import { ownFiles } from "./own_files.ts";
import { sealPrints } from "./prints.ts";
import { platformObjects, type ScopeState, scopeState } from "./scope_state.ts";
import { sealUnnamedCode } from "./unnamed_code.ts";

/** A sealed isolate, which stages may change all the same. */
export interface SealedScope {
  /** Lets what is loaded from now on be these files of a folder, and no others of it. */
  permit(folder: string, files: readonly string[]): void;
  /** To be called when the code of a stage is loaded, before it runs. */
  begin(): void;
  /** Whether the global scope is as it was then. */
  isClean(): boolean;
}

/**
 * Seals this isolate. To be called once, before any code of a stage is loaded.
 *
 * @param nested the module `nested_worker.ts`, in which workers of a stage start
 */
export function sealScope(
  nested: URL,
  { hears }: {
    /** Whose messages reach this isolate. */
    readonly hears: "the engine" | "a stage";
  },
): SealedScope {
  const own = ownFiles();
  sealBuiltins(sealPlatform(own), own);
  sealChance();
  sealClock();
  sealLocale();
  sealUnnamedCode(nested);
  sealPrints();
  if (hears === "the engine") sealMessages();
  // Definitions keep their texts for readers to themselves (`engine/define/definition.ts`).
  Object.defineProperty(globalThis, Symbol.for("shiftline.sealed"), {
    value: true,
  });
  const objects = platformObjects();
  let state: ScopeState | undefined;
  return {
    permit: own.permit,
    begin() {
      /^/.test(""); // the last match is in the global scope too: RegExp.$1
      // As it was when the first stage began: an isolate where it is not ends.
      state ??= scopeState(objects);
    },
    isClean: () => state?.isSame() ?? true,
  };
}
