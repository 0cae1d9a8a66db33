import "./attribute_drop_test.ts";
