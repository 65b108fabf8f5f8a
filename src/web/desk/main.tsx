// The maker's desk begins: its language, its keyboard, its socket, its pages. It knows nothing of what an owner's app keeps.

import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/kit.css";
import "./desk.css";
import { render } from "preact";
import { captureFragment } from "../keys/fragment.ts";
import { speakDesk } from "../words/desk/words.ts";
import { language } from "../words/language.ts";
import { App } from "./app.tsx";
import { startLive } from "./live.ts";

// A key in the address is out of it before anything else is loaded.
captureFragment();
void speakDesk(language.value).then(() => {
  render(<App />, document.querySelector("#app")!);
  startLive();
});
