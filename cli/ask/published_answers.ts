/**
 * Answers of `ask` that somebody wants on a site: read from where `ask` put
 * them, never asked again.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import { ANSWER_FILE, readAnswer } from "../../reports/site/answer_file.ts";
import {
  inPublic,
  KEPT_FILE,
  type PublishedAnswer,
  readKept,
} from "../../reports/site/kept_answer.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import { UsageError } from "../arguments/usage_error.ts";
import type { Shell } from "../shell/shell.ts";
import { isNameOfQuestion, pageFolderOf } from "./ask_question.ts";

/**
 * The answers to some questions, by their files.
 *
 * @throws {UsageError} if one was not answered, or its file was edited since, or two have one name
 */
export async function publishedAnswers(
  files: readonly string[],
  shell: Pick<Shell, "folder">,
): Promise<readonly PublishedAnswer[]> {
  const answers: PublishedAnswer[] = [];
  for (const file of files) {
    const answer = await publishedAnswer(file, shell);
    const { name } = answer.options;
    if (!isNameOfQuestion(name)) {
      throw new UsageError(
        `Cannot publish the answer to ${file}: "${name}" cannot be part of an address; rename the file with letters, digits, "-", "_" and "." only, and ask again`,
      );
    }
    if (answers.some(({ options }) => options.name === name)) {
      throw new UsageError(
        `Cannot publish the answer to ${file}: there are two questions "${name}"; rename one of the files, and ask again`,
      );
    }
    answers.push(answer);
  }
  return answers;
}

async function publishedAnswer(
  given: string,
  { folder }: Pick<Shell, "folder">,
): Promise<PublishedAnswer> {
  const refused = (state: string, cause?: unknown) =>
    new UsageError(
      `Cannot publish the answer to ${given}: ${state}; run "deno task ask ${
        shellWord(given)
      }"`,
      { cause },
    );
  const file = resolve(folder, given);
  const beside = pageFolderOf({ file });
  const read = async (name: string) => {
    try {
      return await Deno.readFile(join(beside, name));
    } catch (cause) {
      throw refused("it was not asked yet", cause);
    }
  };
  const wrongFile = (state: string, cause?: unknown) =>
    new UsageError(
      `Cannot publish the answer to ${given}: ${state}; name the file of a question, questions/NAME.json`,
      { cause },
    );
  if (!file.endsWith(".json")) {
    throw wrongFile("it is not the file of a question");
  }
  let question: Uint8Array;
  try {
    question = await Deno.readFile(file);
  } catch (cause) {
    throw wrongFile("there is no such file", cause);
  }
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const [page, answer] = [
    text(await read(KEPT_FILE)),
    text(await read(ANSWER_FILE)),
  ];
  let kept;
  let findings;
  try {
    kept = readKept(page);
    findings = readAnswer(answer);
  } catch (cause) {
    throw refused("its answer is of another version, or was edited", cause);
  }
  if (kept.question !== digestOf(question)) {
    throw refused("it was edited since it was answered");
  }
  const pictures = [];
  for (const picture of kept.pictures) {
    pictures.push({ ...picture, png: await read(picture.file) });
  }
  return { findings, options: inPublic(kept, pictures) };
}
