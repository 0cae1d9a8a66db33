/**
 * The question that a line asks: a new one, kept as `questions/NAME.json`, or
 * one that is kept already. Long, since each word that a line may not say beside
 * another is refused here.
 *
 * @module
 */
import {
  basename,
  dirname,
  extname,
  isAbsolute,
  join,
  relative,
  resolve,
} from "node:path";
import { pipelineOf } from "../../data/asked/asked_inputs.ts";
import {
  formatQuestion,
  type ImagesQuestion,
  parseQuestion,
  type Question,
  SETS,
  withPlaces,
} from "../../data/asked/question.ts";
import { type Digest, digestOf } from "../../engine/define/hash.ts";
import { messageOf } from "../../engine/define/message_of.ts";
import { pathBelow } from "../../engine/define/path_below.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import { optionOf } from "../arguments/words.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { isFileAt, pathFrom } from "../named/places.ts";
import { writeWhole } from "../named/write_whole.ts";
import type { Shell } from "../shell/shell.ts";

/** A question with its file. */
export interface AskedQuestion {
  /** Name for people and of its folder. */
  readonly name: string;
  /** Path of its file. */
  readonly file: string;
  /** With absolute paths. */
  readonly question: Question;
  /** What its file is to hold; left out where that stays as it is. */
  readonly text?: string;
  /** Of what its file holds when the question is asked. */
  readonly digest: Digest;
}

/** What a line says of its question. */
export interface AskWords
  extends Readonly<Partial<Record<Option, string | undefined>>> {
  readonly files: readonly string[];
  readonly weights: readonly string[];
  /** Columns of the table, or of manifests, that are properties. */
  readonly property: readonly string[];
  readonly classes?: ImagesQuestion["classes"] | undefined;
  readonly side?: number | undefined;
  readonly most?: number | undefined;
  readonly allowUnreadable?: number | "all" | undefined;
  readonly quick?: boolean | undefined;
}

/** Options that are texts. */
type Option =
  | "reference"
  | "test"
  | "shifted"
  | "table"
  | "features"
  | "name";

/** Folder of the questions in the folder that the command was given in. */
const FOLDER = "questions";

/** The folder of the questions that are asked in a folder. */
export function questionsFolderOf({ folder }: Pick<Shell, "folder">): string {
  return join(folder, FOLDER);
}

const HOW =
  "give --reference DIR and --shifted DIR, or --table FILE, or the file of a question";

/**
 * Writes a new question to its file: once its inputs could be read.
 *
 * @throws {UsageError} if another question has been kept there since
 * @throws {Error} if it cannot be written
 */
export async function keepQuestion(
  { name, file, text }: AskedQuestion,
): Promise<void> {
  if (text === undefined) return;
  const there = await textAt(file);
  if (there === text) return;
  if (there !== undefined) throw takenError(name);
  try {
    await Deno.mkdir(dirname(file), { recursive: true });
    await writeWhole(file, (put) => put(new TextEncoder().encode(text)));
  } catch (cause) {
    throw new Error(
      `Cannot keep the question "${name}": ${
        messageOf(cause)
      }; ask in a folder that can be written to`,
      { cause },
    );
  }
}

/** What a file holds, if it can be read. */
function textAt(file: string): Promise<string | undefined> {
  return Deno.readTextFile(file).catch(() => undefined);
}

function takenError(name: string): UsageError {
  return new UsageError(
    `Cannot ask: ${FOLDER}/${name}.json asks something else; ask that again with "deno task ask ${FOLDER}/${name}.json", or give this question another name with --name`,
  );
}

/**
 * The question of a line; a new one is not written yet.
 *
 * @throws {UsageError} if the words do not go together, or the file is no question
 */
export async function askedQuestion(
  command: AskWords,
  shell: Pick<Shell, "folder">,
): Promise<AskedQuestion> {
  return isNew(command)
    ? await newQuestion(command, shell)
    : await keptQuestion(command, shell);
}

function isNew({ reference, shifted, table, files }: AskWords): boolean {
  if (table !== undefined) return true;
  // A set beside the file of a question is refused with it.
  const isOfFile = files.length === 1 && isQuestionFile(files[0] ?? "");
  return !isOfFile && [reference, shifted].some((one) => one !== undefined);
}

function isQuestionFile(path: string): boolean {
  return /[^/]\.json$/.test(path);
}

/** What the paths in the file of a question are relative to, where some of them are not there. */
export function relativeTo(
  command: AskWords,
  { file, question }: AskedQuestion,
  { folder }: Pick<Shell, "folder">,
): readonly string[] {
  return isNew(command) || isAllThere(question) ? [] : [
    `Paths in ${pathFrom(folder, file)} are relative to its folder, ${
      pathFrom(folder, dirname(file))
    }: edit those that are not there.`,
  ];
}

async function keptQuestion(
  command: AskWords,
  { folder }: Pick<Shell, "folder">,
): Promise<AskedQuestion> {
  const [given, ...more] = command.files;
  if (given === undefined || more.length > 0) {
    throw new UsageError(`Cannot ask: ${HOW}`);
  }
  const file = resolve(folder, given);
  if (!isQuestionFile(file)) {
    throw new UsageError(
      `Cannot ask ${given}: the file of a question is called NAME.json; ${HOW}`,
    );
  }
  const name = basename(file, extname(file));
  checkLength(name, "give its file another one");
  refuseWordsBeside(given, command);
  const written = await textOf(file, given);
  const parsed = parseQuestion(written, { name: given });
  if (parsed.kind === "refused") {
    throw refusalOf(parsed.problems);
  }
  checkSide(parsed.question, {
    quick: command.quick,
    wayOut: `edit "side" in ${given}`,
  });
  const { state } = Deno.permissions.querySync({
    name: "write",
    path: pageFolderOf({ file }),
  });
  if (state !== "granted") {
    throw new UsageError(
      `Cannot ask ${given}: its page is written into the folder beside it, where Deno may not write; move the file into the folder "${FOLDER}", and see to the paths in it, which are relative to it`,
    );
  }
  const question = withPlaces(
    parsed.question,
    (place) => resolve(dirname(file), place),
  );
  checkPlaces(question, {
    file,
    folder,
    wayOut: "give the file another name",
  });
  return {
    name,
    file,
    question,
    digest: digestOf(new TextEncoder().encode(written)),
  };
}

/** Refuses words that the file of a question says in their place. */
function refuseWordsBeside(
  given: string,
  { weights, property, ...others }: AskWords,
): void {
  if (property.length > 0) {
    throw new UsageError(
      `Cannot use option "--property" with the file of a question: edit "property" in "columns" of ${given}`,
    );
  }
  if (others.name !== undefined) {
    throw new UsageError(
      `Cannot use option "--name" with the file of a question: its name is that of its file; copy ${given} to ${FOLDER}/${others.name}.json, and ask that`,
    );
  }
  const here = { ...others, weights: weights[0] };
  for (
    const key of [
      "reference",
      "test",
      "shifted",
      "features",
      "weights",
      "classes",
      "side",
      "most",
      "allowUnreadable",
    ] as const
  ) {
    if (here[key] !== undefined) {
      throw new UsageError(
        `Cannot use option "${
          optionOf(key)
        }" with the file of a question: edit "${key}" in ${given}`,
      );
    }
  }
}

async function textOf(file: string, given: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (cause) {
    throw new UsageError(
      `Cannot read question ${given}: ${
        cause instanceof Deno.errors.NotFound
          ? "there is no such file"
          : messageOf(cause)
      }`,
      { cause },
    );
  }
}

/** Says all that is wrong with a question. */
function refusalOf([first = "", ...others]: readonly string[]): UsageError {
  return new UsageError(first, { list: others });
}

/** Makes sure that the page is written neither over a file nor among the images. */
function checkPlaces(
  question: Question,
  { file, folder, wayOut }: {
    readonly file: string;
    readonly folder: string;
    readonly wayOut: string;
  },
): void {
  const page = pageFolderOf({ file });
  const inTheWay = [dirname(page), page].find(isFileAt);
  if (inTheWay !== undefined) {
    throw new UsageError(
      `Cannot ask: the page of this question is written into the folder ${
        pathFrom(folder, page)
      }, and ${pathFrom(folder, inTheWay)} is a file; ${
        inTheWay === page ? wayOut : "move it elsewhere"
      }`,
    );
  }
  if (question.kind !== "images") return;
  for (const set of SETS) {
    const place = question[set];
    if (place === undefined) continue;
    const ways = [pathBelow(place, page), pathBelow(page, place)];
    if (ways.every((way) => way === undefined)) continue;
    throw new UsageError(
      `Cannot ask: the page of this question is written into ${
        pathFrom(folder, page)
      }, where the ${set} images are; ${wayOut}`,
    );
  }
}

async function newQuestion(
  command: AskWords,
  { folder }: Pick<Shell, "folder">,
): Promise<AskedQuestion> {
  const question = withPlaces(
    questionOf(command),
    (place) => resolve(folder, place),
  );
  checkSide(question, { quick: command.quick, wayOut: "give another --side" });
  const name = command.name ?? nameAfter(question);
  if (!isNameOfQuestion(name)) {
    throw new UsageError(
      `Cannot name a question "${name}": only letters, digits, "-", "_" and "." may be in a name; give another one with --name`,
    );
  }
  checkLength(name, "give another one with --name");
  const file = join(questionsFolderOf({ folder }), `${name}.json`);
  const text = formatQuestion(
    withPlaces(question, (place) => shortFrom(dirname(file), place)),
  );
  const there = await textAt(file);
  const isTaken = there !== undefined && there !== text;
  // A mistyped path is no other question: its reading says that nothing is there.
  if (isTaken && isAllThere(question)) throw takenError(name);
  checkPlaces(question, { file, folder, wayOut: "give another --name" });
  return {
    name,
    file,
    question,
    ...there === undefined ? { text } : {},
    digest: digestOf(new TextEncoder().encode(text)),
  };
}

function isAllThere(question: Question): boolean {
  try {
    withPlaces(question, (place) => {
      Deno.statSync(place);
      return place;
    });
    return true;
  } catch {
    return false;
  }
}

/** What the sides of images must be multiples of, for networks to be trained on them. */
const TRAINED_SIDE = 32;

function checkSide(
  question: Question,
  { quick = false, wayOut }: {
    readonly quick?: boolean | undefined;
    readonly wayOut: string;
  },
): void {
  if (question.kind !== "images" || quick) return;
  const { side } = question;
  if (side % TRAINED_SIDE === 0) return;
  throw new UsageError(
    `Cannot train networks on images of ${side} pixels: the side must be a multiple of ${TRAINED_SIDE}; ${wayOut}, or train none, with --quick`,
  );
}

/** The names of the pipelines of all questions that are kept in a folder. */
export function keptPipelines(folder: string): ReadonlySet<string> {
  try {
    return new Set(
      [...Deno.readDirSync(questionsFolderOf({ folder }))]
        .filter(({ name }) => extname(name) === ".json")
        .map(({ name }) => pipelineOf(basename(name, ".json"))),
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}

/** So many bytes leave room in the names of files that begin with that of a question. */
const LONGEST_NAME = 200;

function checkLength(name: string, wayOut: string): void {
  const { length } = new TextEncoder().encode(name);
  if (length <= LONGEST_NAME) return;
  throw new UsageError(
    `Cannot name a question "${name}": that is ${length} bytes long, and ${LONGEST_NAME} are the most; ${wayOut}`,
  );
}

/** Whether a name is fit for files and addresses. */
export function isNameOfQuestion(name: string): boolean {
  return /^\w[\w.-]*$/.test(name);
}

/** A path that is short where the file is near, so that both can be moved together. */
function shortFrom(folder: string, place: string): string {
  const short = relative(folder, place);
  return isAbsolute(short) || short.startsWith("../../..") ? place : short;
}

function nameAfter(question: Question): string {
  const place = question.kind === "images"
    ? question.shifted
    : typeof question.predictions === "string"
    ? question.predictions
    : question.predictions.shifted;
  return basename(place, extname(place)).replace(/\.tar$/i, "")
    .replaceAll(/[^\w.-]+/g, "-").replace(/^[^\w]+/, "") || "question";
}

/** The question that the words give, with the paths as they are. */
function questionOf(command: AskWords): Question {
  return command.table === undefined
    ? imagesQuestion(command)
    : tableQuestion(command, command.table);
}

/** What a question says of properties. */
function columnsOf({ property }: AskWords) {
  return property.length === 0 ? {} : { columns: { property } };
}

function imagesQuestion(command: AskWords): Question {
  const { reference, test, shifted, features, files } = command;
  if (reference === undefined || shifted === undefined) {
    const lacks = reference === undefined ? "--reference" : "--shifted";
    throw new UsageError(`Cannot ask without "${lacks}": ${HOW}`);
  }
  if (features !== undefined || files.length > 0) {
    throw new UsageError(
      `Cannot use ${
        features === undefined ? `"${files[0]}"` : 'option "--features"'
      } with images: features go with --table`,
    );
  }
  const { weights, classes, side, most, allowUnreadable } = command;
  return checked({
    kind: "images",
    reference,
    shifted,
    ...test === undefined ? {} : { test },
    ...weights.length === 0 ? {} : { weights },
    ...columnsOf(command),
    ...classes === undefined ? {} : { classes },
    ...side === undefined ? {} : { side },
    ...most === undefined ? {} : { most },
    ...allowUnreadable === undefined ? {} : { allowUnreadable },
  });
}

function tableQuestion(command: AskWords, table: string): Question {
  const { reference, test, shifted, features, files, weights } = command;
  const images = [reference, test, shifted].find((one) => one !== undefined);
  if (images !== undefined) {
    throw new UsageError(
      `Cannot ask about images and a table at once: leave out "${images}" or --table`,
    );
  }
  if (weights.length > 0) {
    throw new UsageError(
      'Cannot use option "--weights" with a table: on predictions no network is trained',
    );
  }
  for (const key of ["classes", "side", "most", "allowUnreadable"] as const) {
    if (command[key] !== undefined) {
      throw new UsageError(
        `Cannot use option "${optionOf(key)}" with a table: it is for images`,
      );
    }
  }
  const [second, ...more] = files;
  if ((features === undefined) !== (second === undefined) || more.length > 0) {
    throw new UsageError(
      "Cannot use the features: give two files, --features REFERENCE SHIFTED",
    );
  }
  return checked({
    kind: "table",
    predictions: table,
    ...columnsOf(command),
    ...features === undefined || second === undefined
      ? {}
      : { features: { features: { reference: features, shifted: second } } },
  });
}

/** With what is left out as the file would have it. */
function checked(question: unknown): Question {
  const parsed = parseQuestion(JSON.stringify(question), { name: "asked" });
  if (parsed.kind === "question") return parsed.question;
  throw refusalOf(parsed.problems);
}

/** The folder of a question's page and packed images: beside its file, under its name. */
export function pageFolderOf({ file }: Pick<AskedQuestion, "file">): string {
  return join(dirname(file), basename(file, extname(file)));
}

/** The command that asks again. */
export function commandOf(
  { file }: AskedQuestion,
  { quick }: { readonly quick: boolean },
  { folder }: Pick<Shell, "folder">,
): string {
  const path = shellWord(relative(folder, file));
  return `deno task ask ${path}${quick ? " --quick" : ""}`;
}
