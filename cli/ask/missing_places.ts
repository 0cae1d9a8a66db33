/**
 * Places of a question that nothing can be read from.
 *
 * @module
 */
import { type ImagesQuestion, SETS } from "../../data/asked/question.ts";
import { stateOf } from "../../data/asked/sets/listing.ts";
import { pathFrom } from "../named/places.ts";
import type { Shell } from "../shell/shell.ts";

/**
 * A line for each set of images and each file of weights that is not there.
 * This is looked at before any set is read, which may take minutes.
 *
 * @param question with absolute paths
 */
export async function missingPlaces(
  question: ImagesQuestion,
  { folder }: Pick<Shell, "folder">,
): Promise<readonly string[]> {
  const lines: string[] = [];
  async function look(place: string, told: (state: string) => string) {
    try {
      await Deno.stat(place);
    } catch (cause) {
      lines.push(told(stateOf(place, cause)));
    }
  }
  for (const set of SETS) {
    const { [set]: place } = question;
    if (place === undefined) continue;
    const short = pathFrom(folder, place);
    await look(
      place,
      (state) => `Cannot read ${set} images: ${short} ${state}`,
    );
  }
  for (const place of question.weights ?? []) {
    const short = pathFrom(folder, place);
    await look(
      place,
      (state) => `Cannot use weights ${short}: the file ${state}`,
    );
  }
  return lines;
}
