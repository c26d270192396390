// @ts-check
/** What modules say, where tests load them without the file that comes before each. For `node --import`. */
import * as said from "../../src/essay_explorer/widgets/say.js";

Object.assign(globalThis, said);
