import "./preview_live_test.ts";
