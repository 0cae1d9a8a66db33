import "./imagenet_published_test.ts";
