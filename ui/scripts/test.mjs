// The Maven test phase: lint and unit tests.
import { install, run } from "./install.mjs";

install();
run("npm", ["run", "--silent", "test"]);
