/**
 * The modules of Node, some of which have chance, clocks or unsealed isolates
 * in them, and modules that are no files.
 *
 * @module
 */
import { isBuiltin, registerHooks } from "node:module";
import type { OwnFiles } from "./own_files.ts";
import { reached, refuse, replace } from "./refuse.ts";

const { getBuiltinModule } = process;

/** Those that reach nothing, or nothing but what permissions bound. */
const WHOLE =
  /^(assert|async_hooks|buffer|child_process|console|constants|diagnostics_channel|dgram|dns|events|http2?|https|net|path|punycode|querystring|stream|string_decoder|timers|tls|url|util|zlib)(\/.*)?$/;

/** What refuses in others. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "crypto":
    /^(?!(constants|createHash|createHmac|getHashes|hash|timingSafeEqual)$)/,
  "fs": /^([fl]?stat|watch)/,
  "fs/promises": /^(l?stat|watch|open$)/, // what is open can be asked for its times
  "module": /^(getBuiltin|register)/,
  "os": /^(?!(arch|constants|devNull|endianness|EOL|platform|type)$)/,
  "perf_hooks": /^(?!(constants|performance)$)/,
  "process": /^$/,
  "tty": /^(?!isatty$)/,
  "v8": /^(?!(deserialize|serialize|setFlagsFromString)$)/,
  "vm": /^(?!runInNewContext$)/,
};

type Call = (word: unknown) => unknown;

/** What stands for members that are needed. */
const STAND_INS: Readonly<
  Record<string, readonly [name: string, standIn: (member: Call) => Call]>
> = {
  // Packages ask while they load.
  tty: ["isatty", () => () => false],
  // The collector of garbage is got with these words (`engine/define/collect_garbage.ts`).
  v8: ["setFlagsFromString", (set) => only("--expose-gc", set)],
  vm: ["runInNewContext", (run) => only("gc", run)],
};

function only(word: string, call: Call): Call {
  return (asked) => {
    if (asked === word) return call(word);
    throw reached(`${call.name} of "${asked}"`);
  };
}

function isReadable(object: object, member: string): boolean {
  try {
    Reflect.get(object, member);
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses what no key names in the modules of Node, and modules that are no
 * files, whoever imports them.
 *
 * @param process what stands for that of Node
 * @param own the files that may be loaded
 */
export function sealBuiltins(process: object, own: OwnFiles): void {
  const modules = new Map<string, string>();

  function partOfBuiltin(name: string): object {
    if (name === "process") return process;
    if (name === "fs") partOfBuiltin("fs/promises"); // a member of it
    const all = getBuiltinModule(name) as unknown as object;
    const names = REFUSED[name] as RegExp;
    // Deno reads all members when one is imported, so that only functions refuse.
    refuse(all, names, { of: `node:${name}`, value: "missing" });
    if (/^fs/.test(name)) own.guard(all);
    const [member, standIn] = STAND_INS[name] ?? [];
    if (member !== undefined) {
      replace(all, member, standIn?.(Reflect.get(all, member)));
    }
    return all;
  }

  /** A module that exports by name what refuses too; Node's own would export what was there before. */
  function moduleOf(name: string): string {
    const known = modules.get(name);
    if (known !== undefined) return known;
    const part = partOfBuiltin(name);
    const names = Object.getOwnPropertyNames(part).filter((member) =>
      /^(?!default$)[a-z]\w*$/i.test(member) && isReadable(part, member)
    );
    const _all = name === "process"
      ? name
      : `_create("${import.meta.url}")("node:${name}")`;
    const made = `data:text/javascript,${
      encodeURIComponent(
        `import { createRequire as _create } from "node:module";
        const _all = ${_all};
        export default _all;
        export const { ${names} } = _all;`,
      )
    }`;
    modules.set(name, made);
    return made;
  }

  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = "", conditions } = context;
      const isOurs = [...modules.values()].includes(parentURL);
      const name = specifier.replace(/^node:/, "");
      const scheme = /^(data|blob|https?):/.exec(specifier)?.[1];
      if (scheme !== undefined) {
        throw reached(`code at a ${scheme} URL`, "write it into a module");
      }
      if (isOurs || !isBuiltin(specifier) || WHOLE.test(name)) {
        const found = next(specifier, context);
        if (found.url.startsWith("file:")) own.check(found.url);
        return found;
      }
      const isRequired = conditions.includes("require");
      if (!(name in REFUSED) || isRequired && name === "process") {
        throw reached(`node:${name}`);
      }
      const url = moduleOf(name);
      return isRequired
        ? next(specifier, context)
        : { url, shortCircuit: true };
    },
  });
}
