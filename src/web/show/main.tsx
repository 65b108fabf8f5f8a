// What a buyer is shown begins: its language and its one page. It keeps nothing on this device, and asks nothing before a person does.

import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/kit.css";
import "../photo/photo.css";
import "./show.css";
import "./print.css";
import { render } from "preact";
import { language } from "../words/language.ts";
import { speakShow } from "../words/show/words.ts";
import { App } from "./app.tsx";

// A language that doesn't come is no reason to show nothing: English is here.
void speakShow(language.value)
  .catch(() => speakShow("en"))
  .then(() => render(<App />, document.querySelector("#app")!));
