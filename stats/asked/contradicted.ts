/**
 * Whether a share out of support is no number to tell.
 *
 * @module
 */
import type { FoundSupport } from "./ask_findings_schemas.ts";
import { BOUNDS } from "./rule_bounds.ts";

/** Whether two ways to look put different examples out of support, so that nobody knows how many are. */
export function areContradicted(
  { agreement }: Pick<FoundSupport, "agreement">,
): boolean {
  return agreement !== null && agreement < BOUNDS.agreement;
}
