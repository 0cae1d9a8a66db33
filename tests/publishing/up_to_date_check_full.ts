import "./up_to_date_check_test.ts";
