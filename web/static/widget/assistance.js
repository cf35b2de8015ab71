/** Assistance: what the widget needs to complete words and to fill menus, and not before. */

export { completions } from "../engine/completion.js";
export { fillMenu } from "./choices.js";
export { Combobox } from "./combobox.js";
