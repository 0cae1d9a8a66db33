/**
 * `deno task test:fuzz [--seed N] [--runs N | --minutes N]`: the properties that
 * the tests try a few times, on as many inputs as one likes. A failure says how
 * to see it again.
 */
import "./archives_test.ts";
import "./command_line_test.ts";
import "./formats_test.ts";
import "./keys_test.ts";
import "./records_test.ts";
import "./sites_test.ts";
import "./tables_test.ts";
import "../engine/held_up_test.ts";
import "../reports/site/ask_page_test.ts";
import "../reports/site/er_hostile_test.ts";
import { announce } from "./fuzz.ts";

announce();
