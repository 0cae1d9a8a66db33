import { join } from "node:path";

/** Paths of all files below a folder, relative to it, in order. */
export function filesBelow(folder: string): readonly string[] {
  return Array.from(Deno.readDirSync(folder))
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap(({ name, isDirectory }) =>
      isDirectory
        ? filesBelow(join(folder, name)).map((path) => `${name}/${path}`)
        : [name]
    );
}
