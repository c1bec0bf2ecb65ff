/** Prints ratios, each measured in one run: `npm run bench`. */
import { benchVerify } from "./verify";

benchVerify();
