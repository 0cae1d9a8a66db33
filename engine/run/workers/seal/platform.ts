/**
 * What Deno, Node and the interfaces of browsers tell of the machine and the
 * process, and where isolates meet.
 *
 * @module
 */
import type { OwnFiles } from "./own_files.ts";
import { guard, partOf, reached, refuse, replace } from "./refuse.ts";

/** What is left of `Deno`: what permissions bound, and what keys name. */
const DENO =
  /^(build|Command|env|errors|inspect|version|(read|write)(Text)?File(Sync)?|readDir(Sync)?)$/;

/** What is left of `process`, for packages that ask where they are. */
const PROCESS =
  /^(arch|config|emitWarning|features|nextTick|platform|release|versions?)$/;

/** What packages say to `process`, which has nothing to tell them. */
const LISTENING = [
  "addListener",
  "off",
  "on",
  "once",
  "removeAllListeners",
  "removeListener",
];

/**
 * Refuses what tells of this machine and process, and what isolates share.
 *
 * @returns what stands for Node's `process`
 */
export function sealPlatform(own: OwnFiles): object {
  // Whoever writes warnings writes the id of the process before them, which refuses.
  globalThis.process.removeAllListeners("warning");
  const process = partOf(globalThis.process, PROCESS, { of: "process" });
  for (const name of LISTENING) replace(process, name, () => process);
  replace(process, "listeners", () => []);
  // Packages look at these while they load.
  replace(process, "argv", []);
  replace(process, "env", {});
  replace(process, "noDeprecation", true);
  replace(process, "stdout", { fd: 1 });
  replace(process, "stderr", { fd: 2 });
  replace(globalThis, "process", process);
  const deno = partOf(Deno, DENO, { of: "Deno" });
  own.guard(deno, /^read/);
  replace(globalThis, "Deno", deno);
  sealFetch(own);

  refuse(Object.getPrototypeOf(navigator), /^(hardware|locks|userAgentData)/, {
    of: "navigator",
  });
  refuse(CacheStorage.prototype, /^(?!constructor$)/, { of: "caches" });
  refuse(
    globalThis,
    /^(BroadcastChannel|SharedArrayBuffer|WeakRef|close)$/,
  );
  guard(WebAssembly, "Memory", {
    construct(memory, args, newTarget) {
      if (Object(args[0]).shared === true) throw reached("shared memory");
      return Reflect.construct(memory, args, newTarget);
    },
  });
  // When garbage is collected is chance: nobody is told that it was.
  replace(FinalizationRegistry.prototype, "register", () => {});
  return process;
}

/** Lets what is fetched from the file system be looked at first, as what is read is. */
function sealFetch(own: OwnFiles): void {
  const { fetch: get, Request } = globalThis;
  const { href } = globalThis.location;
  replace(
    globalThis,
    "fetch",
    async function fetch(
      place: string | URL | Request,
      init?: RequestInit,
    ): Promise<Response> {
      const url = place instanceof Request ? place.url : `${place}`;
      const whole = URL.parse(url, href)?.href ?? ""; // of none it is said by whoever gets it
      if (whole.startsWith("file:")) own.check(whole);
      return await get(place, init);
    },
  );
}
