/** What helps a visitor to ask, as a script of its own, fetched when somebody types or chooses. */

import * as assistance from "./assistance.js";
import { shared } from "./files.js";

shared.assistance = assistance;
