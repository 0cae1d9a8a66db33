/**
 * The modules of the repository and what each imports, as the lint rules see it.
 *
 * @module
 */
import { join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { visitImports } from "../../tools/lint/imports.ts";
import { roomOf } from "../../tools/lint/layers.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Hidden folders, tests, and the source of the WebAssembly kernels. */
const SKIPPED = /^(\.|tests$)|\/assembly$/;

/** Whether modules in a folder, by its path from the root, are not looked at: commands make those that Deno excludes. */
function isSkipped(folder: string): boolean {
  return SKIPPED.test(folder) ||
    config.exclude.some((one) => posix.matchesGlob(folder, one));
}

/** What each node leads to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Paths of the modules that a file imports, types included. */
export function importsOf(path: string, source: string): ReadonlySet<string> {
  const found = new Set<string>();
  const plugin: Deno.lint.Plugin = {
    name: "imports",
    rules: {
      all: {
        create: () =>
          visitImports(({ source }) => {
            if (!source.startsWith(".")) return;
            found.add(new URL(source, `file:///${path}`).pathname.slice(1));
          }),
      },
    },
  };
  Deno.lint.runPlugin(plugin, path, source);
  found.delete(path);
  return found;
}

/** Every module that lies in a room. */
export function modules(): Graph {
  const graph = new Map<string, ReadonlySet<string>>();
  const walk = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = join(folder, name);
      if (isDirectory) {
        if (!isSkipped(relative(ROOT, path))) walk(path);
      } else if (/(?<!\.d)\.ts$/.test(name)) {
        const short = relative(ROOT, path);
        if (roomOf(short) === undefined && !short.startsWith("tools/")) {
          continue;
        }
        graph.set(short, importsOf(short, Deno.readTextFileSync(path)));
      }
    }
  };
  walk(ROOT);
  return graph;
}

/** The same for rooms: which of them has a module that imports one of which. */
export function roomsIn(modules: Graph): Graph {
  const rooms = new Map<string, Set<string>>();
  for (const [path, imports] of modules) {
    const from = roomOf(path);
    if (from === undefined) continue;
    const known = rooms.get(from) ?? new Set();
    rooms.set(from, known);
    for (const target of imports) {
      const to = roomOf(target);
      if (to !== undefined && to !== from) known.add(to);
    }
  }
  return rooms;
}

/** Whether others find what a module exports by its name alone: a command, what a program asks of its pipelines, an entry point, a declaration. */
function isNamedFromOutside(path: string): boolean {
  return /^cli\/commands\/|\/mod\.ts$|\.d\.ts$|\/assembly\/index\.ts$/.test(
    path,
  ) ||
    path === "pipelines/registry.ts";
}

/** What a module exports that is no type: types stand in what others call, and are exported with it. */
const EXPORTED =
  /^export (?:async )?(?:function\*?|const|class) (?:\[([^\]]*)\]|([\w$]+))/gm;

/**
 * What modules export that no other module names, test or not.
 *
 * @param sources text of every module, by its path from the root
 */
export function unusedExports(
  sources: ReadonlyMap<string, string>,
): readonly string[] {
  const users = new Map<string, Set<string>>();
  for (const [path, source] of sources) {
    for (const target of importsOf(path, source)) {
      users.getOrInsertComputed(target, () => new Set()).add(path);
    }
  }
  return [...sources].flatMap(([path, source]) => {
    if (path.startsWith("tests/") || isNamedFromOutside(path)) return [];
    const importers = [...users.get(path) ?? []]
      .map((user) => sources.get(user) ?? "");
    return [...source.matchAll(EXPORTED)]
      .flatMap(([, several, one = ""]) => several?.split(/,\s*/) ?? [one])
      .filter((name) => {
        const word = new RegExp(`(?<![\\w$])${RegExp.escape(name)}(?![\\w$])`);
        return !importers.some((text) => word.test(text));
      })
      .map((name) => `${path}: ${name}`);
  });
}

/** The text of every module, those of tests and of the WebAssembly kernels, too. */
export function sourcesOfAll(): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const walk = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = join(folder, name);
      const short = relative(ROOT, path);
      if (isDirectory) {
        const isLeftOut = /^\.|^node_modules$/.test(short) ||
          config.exclude.some((one) => posix.matchesGlob(short, one));
        if (!isLeftOut || short.endsWith("/assembly")) walk(path);
      } else if (/\.ts$/.test(name)) {
        sources.set(short, Deno.readTextFileSync(path));
      }
    }
  };
  walk(ROOT);
  return sources;
}

/** The circles of a graph: sets of nodes of which each leads to each (Tarjan 1972). */
export function circlesIn(graph: Graph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const index = order.size;
    order.set(node, index);
    open.push(node);
    let low = index;
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) {
        low = Math.min(low, order.get(next) ?? index);
      }
    }
    lowest.set(node, low);
    if (low === index) {
      const circle = open.splice(open.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
}
