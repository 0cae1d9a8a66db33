import "./on_the_line_survey_test.ts";
