/** What people see of the app in Slack's own menus; listeners take the names from here. */

export const COMMANDS = {
  ask: {
    command: "/ask",
    description: "Ask about a picture, or about what Rora knows",
    usage_hint: "[question]",
  },
  lookup: {
    command: "/lookup",
    description: "Show what is known about something",
    usage_hint: "name",
  },
} as const;

export const SHORTCUTS = {
  askAboutImage: {
    type: "message",
    name: "Ask about this image",
    callback_id: "ask-about-image",
    description: "Ask about a picture in this message",
  },
  ask: {
    type: "global",
    name: "Ask about an image",
    callback_id: "ask",
    description: "Upload a picture and ask about it",
  },
} as const;

/** At most four; shown in the app's own conversations. In English, which the knowledge that comes with Rora is written in. */
export const SUGGESTED_PROMPTS = ["What is the capital of Chad?", "Which money do people use in Japan?"].map(
  (message) => ({ title: message, message }),
);

export const DESCRIPTION = "Ask about a picture what the picture alone cannot tell";
export const AGENT_DESCRIPTION =
  "Post a picture and ask what it alone cannot tell, such as what people pay with in the country of that flag. Rora looks it up, answers with its sources, and says so when it does not know.";
