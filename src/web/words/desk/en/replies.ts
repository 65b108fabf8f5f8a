// Words of the saved replies.

export const replies = {
  title: "Saved replies",
  lead: "What you often begin an answer with. Each has to be edited before it is sent: an owner gets words meant for them.",
  add: "New saved reply",
  change: "Change the saved reply",
  name: "Title",
  text: "Text",
  textHint: "Put what differs each time in [square brackets]. Nothing leaves while one of them is left.",
  save: "Save",
  saved: "Saved",
  removed: "Removed",
  removeTitle: "Remove this saved reply?",
  empty: "No saved replies yet",
  emptyText: "Write one for a question you answer every week.",
  list: "Saved replies",
};
