// The one script of every page. Each module looks for what it serves and does nothing where it is absent.

import * as calendar from "./calendar.js";
import * as care from "./care.js";
import * as carried from "./carried.js";
import * as clipboard from "./clipboard.js";
import * as dialogs from "./dialogs.js";
import * as drafts from "./drafts.js";
import * as forms from "./forms.js";
import * as menus from "./menus.js";
import * as news from "./news.js";
import * as nextDay from "./next_day.js";
import * as notes from "./notes.js";
import * as outing from "./outing.js";
import * as parts from "./parts.js";
import * as photo from "./photo.js";
import * as rows from "./rows.js";
import * as session from "./session.js";
import * as signature from "./signature.js";
import * as steps from "./steps.js";
import * as vitals from "./vitals.js";

// Dialogs first: a question comes before anything is sent. Drafts before forms: the last keys are saved before it goes.
for (const part of [dialogs, session, parts, notes, steps, nextDay, carried, drafts, forms, vitals, menus, clipboard, news, outing, photo, signature, calendar, care, rows]) part.start();
