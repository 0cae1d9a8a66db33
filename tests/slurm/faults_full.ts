import "./faults_test.ts";
