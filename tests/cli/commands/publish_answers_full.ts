import "./publish_answers_test.ts";
