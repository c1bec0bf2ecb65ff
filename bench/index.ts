/** Prints ratios, each measured in one run: `npm run bench`. */
import { benchIdentity } from "./identity";
import { benchNetwork } from "./network";
import { benchPackets } from "./packets";
import { benchVerify } from "./verify";

benchVerify();
benchIdentity();
benchPackets();
benchNetwork();
