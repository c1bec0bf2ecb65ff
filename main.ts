import { enclave } from "./enclave";
import { synthesize } from "./stacks";

synthesize(enclave);
