/** Prints ratios, each measured in one run: `npm run bench`. */
import { benchIdentity } from "./identity";
import { benchVerify } from "./verify";

benchVerify();
benchIdentity();
