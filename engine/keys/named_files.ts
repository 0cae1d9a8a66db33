/**
 * The files and packages that a module names, and what in it a key cannot
 * follow.
 *
 * @module
 */
import { bindingsOf } from "./bindings.ts";
import {
  BY_PLACE,
  hiddenAt,
  hiddenModule,
  type Refusal,
} from "./hidden_code.ts";
import {
  firstArgument,
  isMember,
  isMeta,
  isName,
  isNode,
  isResolve,
  isUrl,
  nodesIn,
  type SyntaxNode,
  walk,
} from "./syntax_node.ts";

/** What a module names. */
export interface NamedFiles {
  /** Specifiers of modules and packages whose code it runs. */
  readonly imports: ReadonlySet<string>;
  /** Relative names of files that it reads as they are. */
  readonly assets: ReadonlySet<string>;
  /** What no key can follow. */
  readonly refusals: readonly Refusal[];
}

const UNKNOWN =
  "names something that is known only when it runs; write the name out, there or in a constant of the module whose name nothing else has";
const NO_MODULE =
  'runs what is no .ts, .mts, .js or .mjs, and a key reads no other code; read data by new URL("./file", import.meta.url)';
const TEXT_OF_MODULE =
  "reads the text of a module, of which a key holds only what it does; move the text to a file of another kind";

/** The module of the engine that loads what it is given. */
const LATER = /(^|\/)define\/later\.ts\b/;

/** Looks through a module. */
export function namedFiles(program: SyntaxNode): NamedFiles {
  const bindings = bindingsOf(program);
  const imports = new Set<string>();
  const assets = new Set<string>();
  const refusals: Refusal[] = [];
  /** Nodes that stand where a key sees what they lead to; all others like them are refused. Whatever places one holds it, and so is walked before it. */
  const placed = new Set<unknown>();
  const refuse = (node: SyntaxNode, why: string) =>
    refusals.push({ node, why });

  function run(node: SyntaxNode, specifier: string): void {
    const why = isRelative(specifier)
      ? isModuleName(specifier) ? undefined : NO_MODULE
      : hiddenModule(specifier);
    if (LATER.test(specifier) && !isKept(node)) refuse(node, UNKNOWN);
    else if (why === undefined) imports.add(specifier);
    else refuse(node, why);
  }

  function read(node: SyntaxNode, name: string): void {
    const isText = /\.[cm]?[jt]sx?$/i.test(pathOf(name));
    if (isText) refuse(node, TEXT_OF_MODULE);
    // The engine, of which nothing is refused, may load it.
    (isText && isRelative(name) && isModuleName(name) ? imports : assets)
      .add(name);
  }

  /** @param source the specifier; of one that is made while it runs the package may be written out */
  function load(
    node: SyntaxNode,
    { source, as }: {
      readonly source: SyntaxNode | undefined;
      readonly as: "code" | "data" | "either";
    },
  ): void {
    const { text, isWhole } = bindings.textOf(source) ?? NOTHING;
    const isKnown = isWhole || /^(@[^/]+\/)?[^./@][^/]*\//.test(text);
    if (!isKnown) return void refuse(node, UNKNOWN);
    const isData = as === "data" || as === "either" && !isModuleName(text);
    if (isData && isRelative(text)) read(node, text);
    else run(node, text);
  }

  /** `new URL(name, base)`. */
  function address(node: SyntaxNode, isRun: boolean): void {
    const [name, base] = nodesIn(node["arguments"]);
    const written = bindings.textOf(name);
    if (isMeta(base, "url") && !bindings.has("URL")) {
      placed.add(base.object);
      if (written?.isWhole !== true) return void refuse(node, UNKNOWN);
      const { text } = written;
      const isAddress = /^([a-z][\w+.-]*:|[/\\]{2})/i.test(text);
      const isBare = !isAddress && !isRelative(text) && !/^[/\\]/.test(text);
      if (isRun) run(node, isBare ? `./${text}` : text);
      else if (!isAddress) read(node, text);
      else if (!/^(https?|data|blob):/i.test(text)) refuse(node, BY_PLACE);
      return;
    }
    const whole = base === undefined ? written : bindings.textOf(base);
    const isElsewhere = base === undefined && whole === undefined ||
      isPackage(base) || whole !== undefined && !/^file:/i.test(whole.text);
    if (!isElsewhere) refuse(node, BY_PLACE);
  }

  /** Whether a node is `import.meta.resolve("package")`. */
  function isPackage(node: SyntaxNode | undefined): boolean {
    if (!isResolve(node)) return false;
    const written = bindings.textOf(firstArgument(node));
    return written !== undefined && !isRelative(written.text);
  }

  const importedAs = (callee: unknown) =>
    isName(callee) ? bindings.imported(callee.name) : undefined;
  const isLater = (callee: unknown) =>
    LATER.test(importedAs(callee)?.from ?? "");

  /** Whether an import is for the module alone, under names that mean nothing else in it. */
  function isKept({ type, specifiers }: SyntaxNode): boolean {
    return type === "ImportDeclaration" &&
      nodesIn(specifiers).every(({ local }) => importedAs(local) !== undefined);
  }

  /** Whether what a node names is loaded as code. */
  function isRun(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
    if (parent?.type === "ImportExpression") return parent["source"] === node;
    return parent !== undefined && firstArgument(parent) === node &&
      (isName(parent["callee"], "Worker") && !bindings.has("Worker") ||
        isLater(parent["callee"]));
  }

  /** Finds what a call places: the functions of engine/define/ that are told where a module lies. */
  function place(call: SyntaxNode): void {
    const { callee } = call;
    const argument = firstArgument(call);
    const isNamed = isResolve(argument) ||
      isUrl(argument) && isMeta(nodesIn(argument["arguments"])[1], "url");
    if (isName(callee, "Worker") && isNamed) placed.add(callee);
    if (isLater(callee) && isResolve(argument)) placed.add(callee);
    const module = importedAs(callee)?.name === "define"
      ? argument
      : /^define(Task|Pipeline)$/.test(importedAs(callee)?.name ?? "")
      ? nodesIn(argument?.["properties"])
        .find(({ key }) => isName(key, "module"))?.["value"]
      : undefined;
    if (isMeta(module, "url")) placed.add(module.object);
  }

  walk(program, (node, parent) => {
    const { type, source, callee } = node;
    const from = isNode(source) ? source : undefined;
    const isImport = /^(Import|Export(All|Named))Declaration$/.test(type);
    if (isImport && from !== undefined) {
      const isData = nodesIn(node["attributes"]).length > 0;
      load(node, { source: from, as: isData ? "data" : "code" });
    } else if (type === "ImportExpression" && !isResolve(from)) {
      load(node, { source: from, as: node["options"] ? "data" : "code" });
    } else if (isUrl(node)) address(node, isRun(node, parent));
    else if (isResolve(node)) {
      if (isMember(callee)) placed.add(callee.object);
      // A list of modules is for whoever loads them.
      const isListed = /^(ArrayExpression|Property)$/.test(`${parent?.type}`);
      const as = isRun(node, parent) ? "code" : isListed ? "either" : "data";
      load(node, { source: firstArgument(node), as });
    } else if (isNode(callee)) place(node);
    else if (type === "MetaProperty" && isName(node["meta"], "import")) {
      const isFree = placed.has(node) || isMember(parent, "main");
      const whole = parent?.type === "MemberExpression" ? parent : node;
      if (!isFree) refuse(whole, BY_PLACE);
    } else if (isLater(node) && parent?.type !== "ImportSpecifier") {
      if (!placed.has(node)) refuse(parent ?? node, UNKNOWN);
    }
    const hidden = placed.has(node)
      ? undefined
      : hiddenAt(node, { parent, bindings });
    if (hidden !== undefined) refusals.push(hidden);
  });
  return {
    imports,
    assets,
    refusals: refusals.toSorted((a, b) => a.node.start - b.node.start),
  };
}

const NOTHING = { text: "", isWhole: false };

function isModuleName(name: string): boolean {
  return /\.m?[jt]s$/.test(pathOf(name));
}

function isRelative(name: string): boolean {
  return /^\.{1,2}\//.test(name);
}

/**
 * The path of a name in a module, without escapes, query and fragment; what is
 * no escape stands as it is. An empty name is that of the module itself.
 */
function pathOf(name: string): string {
  const { pathname } = new URL(name, "file:///a/module.ts");
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
