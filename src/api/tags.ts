// The chapters of the API's description, in the order of a first reading.

export const TAGS: readonly { readonly name: string; readonly description: string }[] = [
  {
    name: "Beginning",
    description:
      "How an owner comes to a twin: by name, with the code inside a package, or back in with a recovery code.",
  },
  { name: "Twin", description: "The thing itself, seen by its owner." },
  { name: "Notes", description: "What living with the thing is like. A note is private until its owner sends it." },
  {
    name: "Notices",
    description: "What the makers announce to the thing's owner: safety, recalls, service. Never an offer.",
  },
  {
    name: "Papers",
    description: "Receipt, manual, warranty: the owner's alone, with a reminder before the warranty ends.",
  },
  {
    name: "Agreements",
    description:
      "The terms that an owner proffers to the maker. Both sides sign the same record, and it decides what moves.",
  },
  {
    name: "Reply links",
    description:
      "One thread, lent to whoever answers for a company that has not joined: the terms first, then the words.",
  },
  {
    name: "Record",
    description:
      "What was done to the thing, by whom it is said and when it was recorded: signed, never edited, and handed on with the thing.",
  },
  {
    name: "Shares",
    description:
      "The thing's record, shown to a buyer by a link: what is shown can be checked, and what is withheld can be seen to be.",
  },
  {
    name: "Handover",
    description:
      "A thing and its record go to the next owner: offered with a code, accepted after a look, let go of with four words. What is the owner's own is erased.",
  },
  { name: "Finding", description: "Telling an owner that their thing was found, without learning who they are." },
  {
    name: "Channels",
    description:
      "Who else may use the twin: a phone, someone in the household, a personal AI. Each has scopes and can be revoked.",
  },
  { name: "Feed", description: "What happened, by asking, live, or all at once." },
  {
    name: "Push",
    description: "Being told of news while the app is closed. A push says that there is news, never what it says.",
  },
  {
    name: "Keyrings",
    description: "An owner's list of twins and tokens, sealed before it comes here. This server can't open it.",
  },
  { name: "Products", description: "What a GTIN stands for, where its maker has labels made here." },
  { name: "Roster", description: "The agreements there are: what each obliges, permits and prohibits." },
  { name: "Makers", description: "A company: who it is, what terms it accepts, who works for it." },
  { name: "Joining", description: "How a company begins here without the operator, and proves who it is." },
  { name: "Makers: endpoints", description: "Where a maker has its events sent, and the keys they are signed with." },
  { name: "Makers: deliveries", description: "Where each event stands on its way, and sending it again." },
  { name: "Makers: agreements", description: "The maker's own copies, and what its people decide." },
  {
    name: "Makers: notices",
    description: "What a maker announces: to every labelled item where it is about safety, else as the terms allow.",
  },
  { name: "Makers: threads", description: "Answering an owner." },
  { name: "Makers: insights", description: "What owners' notes add up to, where their terms permit counting." },
  {
    name: "Makers: desk",
    description: "What a company's people share: known issues, saved replies, who is there now, who did what.",
  },
  { name: "Inbound", description: "Answering by a signed webhook, for a help desk that already sends them." },
  { name: "Webhooks", description: "What a maker is sent, as it happens." },
];
