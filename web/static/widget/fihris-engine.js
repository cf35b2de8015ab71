/** The engine as a script of its own, fetched when a visitor searches; the widget finds it here. */

import { Engine } from "../engine/engine.js";
import { StoreError } from "../engine/errors.js";
import { correction } from "../engine/misspelling.js";
import { fetchFrom } from "../engine/store.js";
import { shared } from "./files.js";

shared.engine = { Engine, correction, fetchFrom, StoreError };
