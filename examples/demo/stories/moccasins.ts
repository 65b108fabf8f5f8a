// A praise and a problem about one pair of moccasins, and advice that comes back.
import type { Story } from "../story.ts";

export const moccasins: Story = {
  title: "The moccasins",
  opening: "Worn nearly every day for seven years, by someone who would buy them again.",
  owner: "Sam",
  thing: "the moccasins",
  product: { gtin: "09520001000010", model: "Lamo moccasins" },
  maker: { domain: "lamo.example", name: "Lamo", policy: { "SD-BASE-DP": "accept", "SD-BASE": "accept" } },
  proffer: { preferred: "SD-BASE-DP", alternates: ["SD-BASE"] },
  dealing: { by: "policy", accepts: "SD-BASE-DP" },
  notes: [
    {
      kind: "praise",
      text: "Seven years, three continents, and nothing I own fits better. The soles have worn away, but not the souls.",
    },
    {
      kind: "problem",
      text: "The soles are through at the ball of each foot, and everything above them is as good as new. Can they be resoled, or do I have to give up the best part for the sake of the worst?",
      wants: "answer",
      canned: {
        words: ["sole"],
        type: "advice",
        outcome: "answered",
        text: "They can. Ask a cobbler to grind off what is left and cement on a soft crepe sole, 6 mm thick: the stitching above needn't be touched. A harder sole would last longer, and you would no longer be wearing these moccasins.",
      },
      verdict: "addressed",
    },
  ],
};
