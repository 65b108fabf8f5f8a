// Four notes on one car: what is dangerous, what could be better, what annoys, and what its driver loves.
import type { Story } from "../story.ts";

export const camry: Story = {
  title: "The car",
  opening: "Four things that only somebody who lives with a 2020 Camry XLE Hybrid knows.",
  owner: "Ada",
  thing: "the car",
  product: { gtin: "09520002000019", model: "2020 Camry XLE Hybrid" },
  maker: { domain: "camry.example", name: "Camry Motors", policy: { "SD-BASE-DP": "hold" } },
  proffer: { preferred: "SD-BASE-DP", alternates: [] },
  dealing: { by: "person", name: "Mei", accepts: "SD-BASE-DP", reason: "We read every note ourselves." },
  notes: [
    {
      kind: "safety",
      early: true,
      picture: true,
      title: "The speaker in the roof of the trunk",
      text: "The rear speaker hangs bare from the roof of the trunk. Anything pointed that stands up in there, a tripod or a tent pole, can puncture its cone when the lid or the load comes down.",
      wants: "change",
      canned: {
        words: ["speaker"],
        type: "advice",
        outcome: "forwarded",
        text: "Thank you: this is with the body engineers now. Until there is a guard, lay anything pointed flat, or fold the rear seat and let it reach into the cabin.",
      },
    },
    {
      kind: "idea",
      text: "The dashboard knows a dozen things and shows two, three menus deep. Let me choose which read-outs stay in front of me, and remember it for each driver.",
      wants: "change",
    },
    {
      kind: "problem",
      text: "Coins that slide down beside the console are gone for good. I can hear them, and no hand I know of gets there.",
      wants: "answer",
      canned: {
        words: ["coins"],
        type: "fix",
        outcome: "answered",
        text: "Slide the seat all the way back and lift the flap of carpet beside its rail: that is where they all are. Your dealer has a foam strip that closes the gap.",
      },
      verdict: "addressed",
    },
    {
      kind: "praise",
      text: "The headlights look down a bend before I have turned into it. On a dark road in the hills there is nothing better about this car.",
    },
  ],
};
