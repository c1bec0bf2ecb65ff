#!/usr/bin/env node
/** The `enclave` command. */
import { ignoreClosedPipes } from "./output";
import { run } from "./program";

ignoreClosedPipes();
void run(process.argv);
