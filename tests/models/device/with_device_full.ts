import "./with_device_test.ts";
