/**
 * Whether a test set that was given is like the reference set, as a line of the
 * page of an answer.
 *
 * @module
 */
import type { AskFindings } from "../../stats/asked/ask_findings_schemas.ts";
import type { Block } from "../document/document.ts";
import { line } from "../document/pieces.ts";
import { percent, plain, within } from "./ask_pieces.ts";

/** One line, where a test set was given. */
export function testShiftBlocks(
  { testShift }: AskFindings,
): readonly Block[] {
  if (testShift === undefined) return [];
  return [
    line(
      testShift === null
        ? "Whether the test images are like the reference images cannot be told: they are too few."
        : `The test images that were given beside the reference images, told apart within classes in the same way: AUROC ${
          within({ ...testShift, value: testShift.auroc }, plain)
        }, which ${
          percent(testShift.p)
        } of random splits reach; 95% stay below ${
          plain(testShift.placebo)
        }. Class frequencies differ as much by chance in ${
          percent(testShift.labelChance)
        } of cases${
          testShift.lost.length === 0
            ? (testShift.gained ?? []).length === 0
              ? ", and no property tells less of the label, or more, for sure"
              : `, and ${testShift.gained?.join(", ")} ${
                testShift.gained?.length === 1 ? "goes" : "go"
              } with the label newly, or more closely`
            : `, and ${testShift.lost.join(", ")} ${
              testShift.lost.length === 1 ? "tells" : "tell"
            } less of the label`
        }.`,
    ),
  ];
}
