import "./drawn_icons_test.ts";
