/**
 * Ways to run code or to read a file without naming it where a key looks. They
 * are refused where they are plain to see: whoever disguises one, say by another
 * name for `globalThis`, is not found out.
 *
 * @module
 */
import type { Bindings } from "./bindings.ts";
import {
  firstArgument,
  isMember,
  isName,
  type SyntaxNode,
} from "./syntax_node.ts";

/** What is refused, and why. */
export interface Refusal {
  readonly node: SyntaxNode;
  /** What it does and the way out; the text of the node stands before it. */
  readonly why: string;
}

const AS_CODE = "runs text as code, which no key holds; write the code out";
const BY_IMPORT = "loads code that no key holds; import it";
const AS_WORKER =
  'starts code that no key holds; write new Worker(new URL("./file.ts", import.meta.url))';
/** Why a module may not ask where it lies. */
export const BY_PLACE =
  'leads to files that no key holds; write new URL("./file", import.meta.url)';

/** Globals that are refused. */
const GLOBALS: ReadonlyMap<unknown, string> = new Map([
  ["eval", AS_CODE],
  ["Function", AS_CODE],
  ["require", BY_IMPORT],
  ["importScripts", BY_IMPORT],
  ["Worker", AS_WORKER],
  ["__dirname", BY_PLACE],
  ["__filename", BY_PLACE],
]);

/** Functions that are refused whatever they are a part of. */
const FUNCTIONS: ReadonlySet<unknown> = new Set([
  "createRequire",
  "dlopen",
  "getBuiltinModule",
  "_linkedBinding",
]);

/** Modules of Deno that load other code. */
const LOADERS =
  /^node:(child_process|cluster|inspector|module|repl|vm|worker_threads)(\/|$)/;

/** Functions of Deno and of `node:fs` that read. */
const READS = /^(lstat|open|read|stat|watch|createReadStream|glob)/;

/** Why no key holds the code of a specifier; `undefined` if one can. */
export function hiddenModule(specifier: string): string | undefined {
  if (LOADERS.test(specifier)) return BY_IMPORT;
  const isName = !/^([a-z][\w+.-]*:|[/#])/i.test(specifier);
  return isName || specifier.startsWith("node:")
    ? undefined
    : "is code that no key holds; list the package in deno.json and import it under the name it has there";
}

/** What is refused of a node and what it is part of. */
export function hiddenAt(
  node: SyntaxNode,
  { parent, bindings }: {
    readonly parent: SyntaxNode | undefined;
    readonly bindings: Bindings;
  },
): Refusal | undefined {
  const isCalled = parent?.["callee"] === node;
  const refusal = (why: string) => ({ node: isCalled ? parent : node, why });
  if (isName(node)) {
    const { name } = node;
    if (FUNCTIONS.has(name)) return refusal(BY_IMPORT);
    const why = GLOBALS.get(name);
    const isGlobal = why !== undefined && !bindings.isTop(name) &&
      !isLabel(node, parent) && !isAskedFor(node, parent);
    return isGlobal ? refusal(why) : undefined;
  }
  if (node.type === "CallExpression") return readBy(node, bindings);
  if (!isMember(node)) return undefined;
  const { object, property } = node;
  const name = isName(property) ? property.name : property["value"];
  if (isName(object) && GLOBAL_OBJECTS.has(object.name)) {
    const why = GLOBALS.get(name);
    return why === undefined ? undefined : refusal(why);
  }
  if (isName(object, "process") && name === "binding") {
    return refusal(BY_IMPORT);
  }
  const isConstructor = name === "constructor" &&
    (isCalled && parent.type === "CallExpression" || isFunction(object));
  return isConstructor ? refusal(AS_CODE) : undefined;
}

const GLOBAL_OBJECTS: ReadonlySet<unknown> = new Set([
  "globalThis",
  "self",
  "global",
]);

/** Whether an identifier names a part of something, and no variable. */
function isLabel(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent["property"] === node && parent["computed"] === false;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent["key"] === node && parent["computed"] === false;
    case "ImportSpecifier":
      return parent["imported"] === node;
    case "ExportSpecifier":
    case "ExportAllDeclaration":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return true;
    default:
      return false;
  }
}

/** Whether it is only asked whether something is one, or has its methods. */
function isAskedFor(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return parent?.["operator"] === "instanceof" && parent["right"] === node ||
    parent?.["operator"] === "typeof" || isMember(parent, "prototype");
}

/** Whether an expression is surely a function, so that its constructor is one of {@linkcode GLOBALS}. */
function isFunction(object: SyntaxNode): boolean {
  return /^(Arrow)?FunctionExpression$/.test(object.type) ||
    isMember(object["callee"], "getPrototypeOf");
}

const BY_PATH =
  'reads a file that no key holds; write new URL("./file", import.meta.url)';

/** A call that reads a file by its path from wherever the process runs. */
function readBy(call: SyntaxNode, bindings: Bindings): Refusal | undefined {
  const { callee } = call;
  const object = isMember(callee) ? callee.object : callee;
  if (!isName(object)) return undefined;
  const { from, name } = object.name === "Deno"
    ? { from: "node:fs", name: "*" }
    : bindings.imported(object.name) ?? {};
  const method = isMember(callee) ? callee.property["name"] : name;
  const isReader = /^node:fs(\/promises)?$/.test(`${from}`) &&
    READS.test(`${method}`);
  // What begins with what only running tells may be the folder of an argument.
  const { text = "" } = bindings.textOf(firstArgument(call)) ?? {};
  return isReader && text !== "" ? { node: call, why: BY_PATH } : undefined;
}
