/** Prints ratios, each measured in one run: `npm run bench`. */
import { benchConfiguration } from "./configuration";
import { benchIdentity } from "./identity";
import { benchNetwork } from "./network";
import { benchPackets } from "./packets";
import { benchVerify } from "./verify";

benchConfiguration();
benchVerify();
benchIdentity();
benchPackets();
benchNetwork();
