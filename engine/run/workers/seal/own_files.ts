/**
 * The files that a stage may load: an isolate may read the code of a whole run,
 * since starting one for each closure takes longer than most stages; what is
 * not in the key of the stage that runs now refuses here.
 *
 * @module
 */
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { reached, replace } from "./refuse.ts";

/** Of Node's `fs`: what takes a path and reads. */
const READS =
  /^(access|copyFile|cp|createReadStream|exists|open|read(?!v?(Sync)?$)|realpath)/;

/** The files that may be loaded now, and the folder that they and others are in. */
export interface OwnFiles {
  /** Permits these files of the folder, and no others, from now on. */
  permit(folder: string, files: readonly string[]): void;
  /** @throws {Error} if a path or file URL leads to another file of the folder */
  check(place: unknown): void;
  /** Lets functions of an object that take a path and read look first. */
  guard(holder: object, names?: RegExp): void;
}

/** All files are permitted at first. */
export function ownFiles(): OwnFiles {
  let inside = "";
  let permitted: ReadonlySet<string> = new Set();

  function check(place: unknown): void {
    if (inside === "") return;
    const text = `${place}`;
    const file = text.startsWith("file:")
      ? fileURLToPath(text.replace(/[?#].*$/, ""))
      : path.resolve(text);
    if (!file.startsWith(inside) || permitted.has(file)) return;
    if (file.includes("/node_modules/")) return; // of a project that is run in place
    throw reached(`read access to "${file}"`);
  }

  return {
    permit(folder, files) {
      inside = path.join(folder, "/");
      permitted = new Set(files);
    },
    check,
    guard(holder, names = READS) {
      for (const name of Object.getOwnPropertyNames(holder)) {
        const { value, configurable } =
          Object.getOwnPropertyDescriptor(holder, name) ?? {};
        if (!names.test(name) || !configurable) continue;
        if (typeof value !== "function") continue;
        replace(
          holder,
          name,
          new Proxy(value, {
            apply(read, self, args) {
              check(args[0]);
              return Reflect.apply(read, self, args);
            },
          }),
        );
      }
    },
  };
}
